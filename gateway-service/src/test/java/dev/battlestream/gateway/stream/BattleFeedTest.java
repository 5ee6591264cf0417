package dev.battlestream.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.stream.BattleFeed.Phase;
import dev.battlestream.gateway.stream.BattleFeed.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BattleFeedTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FeedMemory memory = new FeedMemory(1_000_000, 1_000_000);
    private final BattleFeed feed = new BattleFeed(memory, new TextFrames());

    @Test
    void eventsAreTakenOnceInOrderAndNeverAcrossAGap() {
        feed.opened();

        assertThat(feed.append(4, event(4))).isEqualTo(Taken.GAP);
        assertThat(feed.append(2, event(2))).isEqualTo(Taken.NEW);
        assertThat(feed.append(2, event(2))).isEqualTo(Taken.REPEATED);
        assertThat(feed.append(3, event(3))).isEqualTo(Taken.NEW);
        assertThat(feed.append(2, event(2))).isEqualTo(Taken.REPEATED);
        assertThat(feed.append(6, event(6))).isEqualTo(Taken.GAP);
        assertThat(feed.append(4, event(4))).isEqualTo(Taken.NEW);
        assertThat(feed.cursor()).isEqualTo(4);
    }

    @Test
    void aViewerGetsWhatComesBehindItsPlace() throws InterruptedException {
        open(2, 3, 4);

        assertThat(texts(feed.next(Place.after(0), AT_ONCE))).containsExactly("2", "3", "4");
        assertThat(texts(feed.next(Place.after(3), AT_ONCE))).containsExactly("4");
        assertThat(texts(feed.next(Place.after(4), AT_ONCE))).isEmpty();
    }

    @Test
    void aViewerThatHasEverythingWaitsForTheNextEvent() throws Exception {
        open(2);
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Batch> waiting = viewers.submit(() -> feed.next(Place.after(2), LONG));

            feed.append(3, event(3));

            assertThat(texts(waiting.get())).containsExactly("3");
        }
    }

    @Test
    void theStatusComesFirstToANewViewerAndInItsPlaceToAnother() throws InterruptedException {
        open(2);
        feed.status(status("running"));
        Batch first = feed.next(Place.after(0), AT_ONCE);
        assertThat(texts(first)).containsExactly("running", "2");

        feed.append(3, event(3));
        feed.status(status("completed"));
        feed.append(4, event(4));

        assertThat(texts(feed.next(first.place(), AT_ONCE))).containsExactly("3", "completed", "4");
        assertThat(texts(feed.next(Place.after(3), AT_ONCE))).containsExactly("completed", "4");
    }

    @Test
    void onlyTheNewestStatusIsTold() throws InterruptedException {
        open(2);
        feed.status(status("queued"));
        feed.status(status("running"));

        assertThat(texts(feed.next(Place.after(2), AT_ONCE))).containsExactly("running");
    }

    @Test
    void theEndingIsTheLastThingAndStaysReadable() throws InterruptedException {
        open(2, 3);
        feed.ended(status("ended"));

        Batch all = feed.next(Place.after(0), AT_ONCE);
        assertThat(texts(all)).containsExactly("2", "3", "ended");
        assertThat(all.last()).isTrue();
        assertThat(texts(feed.next(Place.after(3), AT_ONCE))).containsExactly("ended");
    }

    @Test
    void aClosedFeedSendsItsViewersAwayWithoutAnEnding() throws Exception {
        open(2);
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Batch> waiting = viewers.submit(() -> feed.next(Place.after(2), LONG));

            feed.close();

            assertThat(waiting.get().last()).isTrue();
            assertThat(waiting.get().frames()).isEmpty();
        }
        assertThat(memory.taken()).isZero();
        assertThat(feed.append(3, event(3))).isEqualTo(Taken.REPEATED);
    }

    @Test
    void whoeverWaitsForTheBeginHearsThatThereIsNone() throws Exception {
        assertThat(feed.awaitOpen(AT_ONCE)).isEqualTo(Phase.OPENING);
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Phase> waiting = viewers.submit(() -> feed.awaitOpen(LONG));

            feed.unknownBattle();

            assertThat(waiting.get()).isEqualTo(Phase.UNKNOWN);
        }
    }

    @Test
    void aBattleThatWasThereDoesNotBecomeUnknown() {
        feed.opened();
        feed.unknownBattle();

        assertThat(feed.phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void aFeedWithoutRoomForgetsItsOldestMessagesAndSaysSo() throws InterruptedException {
        FeedMemory small = new FeedMemory(3L * event(2).size(), 1_000);
        BattleFeed narrow = new BattleFeed(small, new TextFrames());
        narrow.opened();
        narrow.status(status("running"));
        for (long cursor : new long[] {2, 3, 4, 5, 6}) {
            narrow.append(cursor, event(cursor));
        }

        Batch behind = narrow.next(Place.after(0), AT_ONCE);

        assertThat(behind.missingUpTo()).isEqualTo(3);
        assertThat(texts(behind)).containsExactly("running");
        assertThat(behind.last()).isFalse();
        assertThat(texts(narrow.next(behind.place().movedTo(3), AT_ONCE)))
                .as("once it has got what is missing")
                .containsExactly("4", "5", "6");
        assertThat(narrow.next(Place.after(3), AT_ONCE).missingUpTo())
                .as("who has all that was forgotten misses nothing")
                .isZero();
        assertThat(small.taken()).isEqualTo(3L * event(2).size());
    }

    @RepeatedTest(20)
    void viewersThatComeAndGoSeeEachEventOnceAndInOrder(RepetitionInfo repetition)
            throws Exception {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Long> order = order(random, 25);
        feed.opened();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> seen =
                    IntStream.range(0, 20)
                            .mapToObj(i -> threads.submit(viewer(new Random(seed * 100 + i))))
                            .toList();

            for (int i = 0; i < order.size(); i++) {
                feed.append(order.get(i), event(order.get(i)));
                if (random.nextInt(4) == 0) {
                    // An upstream that was cut off repeats itself, or runs ahead.
                    feed.append(order.get(random.nextInt(i + 1)), event(-1));
                    feed.append(order.get(i) + 4 + random.nextInt(9), event(-1));
                }
                assertThat(feed.cursor()).isEqualTo(order.get(i));
            }
            feed.ended(status("ended"));

            List<String> all =
                    Stream.concat(order.stream().map(String::valueOf), Stream.of("ended")).toList();
            for (Future<List<String>> viewer : seen) {
                assertThat(viewer.get()).as("seed %d", seed).isEqualTo(all);
            }
        }
    }

    private Callable<List<String>> viewer(Random random) {
        return () -> {
            List<String> seen = new ArrayList<>();
            long cursor = 0;
            while (true) {
                // A connection: a few batches from the last event on.
                Place place = Place.after(cursor);
                for (int batches = random.nextInt(4); batches >= 0; batches--) {
                    Batch batch = feed.next(place, LONG);
                    for (String text : texts(batch)) {
                        seen.add(text);
                        if (text.equals("ended")) {
                            return seen;
                        }
                        cursor = Long.parseLong(text);
                    }
                    place = batch.place();
                }
            }
        };
    }

    /** Cursors of a battle in which not every message has a verdict. */
    private static List<Long> order(Random random, int messages) {
        List<Long> order = new ArrayList<>();
        for (long seq = 1; seq <= messages; seq++) {
            order.add(Cursor.ofMessage(seq));
            if (random.nextBoolean()) {
                order.add(Cursor.ofMessage(seq) + 1);
            }
        }
        return order;
    }

    private void open(long... cursors) {
        feed.opened();
        for (long cursor : cursors) {
            feed.append(cursor, event(cursor));
        }
    }

    private static Frame event(long cursor) {
        return Frame.event("message", cursor, Long.toString(cursor));
    }

    private static Frame status(String state) {
        return Frame.event("status", state);
    }

    /** The data of each frame. */
    private static List<String> texts(Batch batch) {
        return batch.frames().stream()
                .map(frame -> new String(frame.bytes(), UTF_8))
                .map(text -> text.substring(text.indexOf("data: ") + 6).strip())
                .toList();
    }
}
