package dev.battlestream.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.stream.Delta.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What viewers of a feed are told of the message that is being written. */
class DraftsTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FeedMemory memory = new FeedMemory(1_000_000, 1_000_000);
    private final TextFrames frames = new TextFrames();
    private final BattleFeed feed = new BattleFeed(memory, frames);
    private int index;

    DraftsTest() {
        feed.opened();
    }

    @Test
    void aViewerIsToldWhatItLacksAndNothingTwice() throws InterruptedException {
        write(1, 0, "he");
        Batch first = feed.next(Place.after(0), AT_ONCE);
        assertThat(texts(first)).containsExactly("delta 1.1 +0 he");
        assertThat(first.deltas()).isTrue();

        write(1, 2, "ll");
        write(1, 4, "o");
        Batch second = feed.next(first.place(), AT_ONCE);

        assertThat(texts(second)).containsExactly("delta 1.1 +2 llo");
        assertThat(texts(feed.next(second.place(), AT_ONCE))).isEmpty();
        assertThat(texts(feed.next(Place.after(0), AT_ONCE)))
                .as("who comes later gets it from the beginning")
                .containsExactly("delta 1.1 +0 hello");
    }

    @Test
    void theMessageTakesThePlaceOfItsDeltas() throws InterruptedException {
        write(1, 0, "he");
        Batch first = feed.next(Place.after(0), AT_ONCE);
        write(1, 2, "llo");
        feed.append(2, Frame.event("message", 2, "hello"));

        assertThat(texts(feed.next(first.place(), AT_ONCE))).containsExactly("hello");
        assertThat(feed.delta(text(1, 1, 9, 5, " late"))).isEqualTo(Taken.LATE);
        assertThat(memory.taken()).isEqualTo(Frame.event("message", 2, "hello").size());
    }

    @Test
    void deltasStandBehindTheMessagesThatCameBefore() throws InterruptedException {
        feed.append(2, Frame.event("message", 2, "one"));
        feed.append(3, Frame.event("verdict", 3, "no"));
        write(2, 0, "tw");

        assertThat(texts(feed.next(Place.after(0), AT_ONCE)))
                .containsExactly("one", "no", "delta 2.1 +0 tw");
        assertThat(texts(feed.next(Place.after(4), AT_ONCE)))
                .as("who has the message gets nothing of it")
                .isEmpty();
    }

    @Test
    void aRetryVoidsWhatWasWritten() throws InterruptedException {
        write(1, 0, "he");
        Batch first = feed.next(Place.after(0), AT_ONCE);
        assertThat(feed.delta(new Delta.Retry(1, 1, 1, index++))).isEqualTo(Taken.NEW);
        Batch second = feed.next(first.place(), AT_ONCE);
        assertThat(texts(second)).containsExactly("retry 1.1");

        write(1, 0, "hi");

        assertThat(texts(feed.next(second.place(), AT_ONCE))).containsExactly("delta 1.2 +0 hi");
        assertThat(texts(feed.next(first.place(), AT_ONCE)))
                .as("who was slow")
                .containsExactly("retry 1.1", "delta 1.2 +0 hi");
    }

    @Test
    void anotherDispatchOfTheCallVoidsWhatWasWrittenByTheFirst() throws InterruptedException {
        write(1, 0, "he");
        Batch first = feed.next(Place.after(0), AT_ONCE);

        assertThat(feed.delta(text(1, 2, 0, 0, "so"))).isEqualTo(Taken.NEW);
        assertThat(feed.delta(text(1, 1, 7, 2, "llo"))).isEqualTo(Taken.STALE);

        assertThat(texts(feed.next(first.place(), AT_ONCE)))
                .containsExactly("retry 1.1", "delta 1.2 +0 so");
    }

    @Test
    void aRetryThatWasLostIsSeenByTheOffset() throws InterruptedException {
        write(1, 0, "hello");
        Batch first = feed.next(Place.after(0), AT_ONCE);
        index++;

        write(1, 0, "hi");

        assertThat(texts(feed.next(first.place(), AT_ONCE)))
                .containsExactly("retry 1.1", "delta 1.2 +0 hi");
    }

    @Test
    void whatTheUpstreamRepeatsIsDropped() throws InterruptedException {
        assertThat(feed.delta(text(1, 1, 0, 0, "he"))).isEqualTo(Taken.NEW);
        assertThat(feed.delta(text(1, 1, 0, 0, "he"))).isEqualTo(Taken.REPEATED);
        assertThat(feed.delta(text(2, 1, 0, 0, "x"))).isEqualTo(Taken.EARLY);

        assertThat(texts(feed.next(Place.after(0), AT_ONCE))).containsExactly("delta 1.1 +0 he");
    }

    @Test
    void aHoleIsToldByTheOffset() throws InterruptedException {
        write(1, 0, "he");
        Batch first = feed.next(Place.after(0), AT_ONCE);

        write(1, 7, "world");

        assertThat(texts(feed.next(first.place(), AT_ONCE))).containsExactly("delta 1.1 +7 world");
        assertThat(texts(feed.next(Place.after(0), AT_ONCE))).containsExactly("delta 1.1 +7 world");
    }

    @Test
    void aLongDraftIsKeptFromItsMiddleOn() throws InterruptedException {
        for (int written = 0; written < 2 * Drafts.MOST_CHARS; written += 1_000) {
            write(1, written, "x".repeat(1_000));
        }

        assertThat(texts(feed.next(Place.after(0), AT_ONCE)))
                .containsExactly(
                        "delta 1.1 +%d %s"
                                .formatted(Drafts.MOST_CHARS, "x".repeat(Drafts.MOST_CHARS)));
        assertThat(memory.taken()).isEqualTo(Drafts.MOST_CHARS);
        feed.close();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void withoutRoomADraftGoesFirst() {
        BattleFeed narrow = new BattleFeed(new FeedMemory(100, 100), frames);
        narrow.opened();
        narrow.append(2, Frame.event("message", 2, "one"));

        assertThat(narrow.delta(text(2, 1, 0, 0, "x".repeat(101)))).isEqualTo(Taken.NO_ROOM);
        assertThat(narrow.cursor()).isEqualTo(2);
    }

    @Test
    void whatManyViewersLackIsEncodedOnce() throws InterruptedException {
        write(1, 0, "he");
        for (int viewer = 0; viewer < 100; viewer++) {
            feed.next(Place.after(0), AT_ONCE);
        }

        assertThat(frames.encoded).isEqualTo(1);
    }

    @Test
    void aViewerThatPausesIsWokenByAMessageAndNotByADelta() throws Exception {
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            write(1, 0, "he");
            Place place = feed.next(Place.after(0), AT_ONCE).place();
            Future<Batch> pausing = viewers.submit(() -> feed.nextAfterPause(place, LONG));
            write(1, 2, "llo");
            assertThat(texts(feed.nextAfterPause(place, Duration.ofMillis(20))))
                    .containsExactly("delta 1.1 +2 llo");
            assertThat(pausing.isDone()).isFalse();

            feed.append(2, Frame.event("message", 2, "hello"));

            assertThat(texts(pausing.get())).containsExactly("hello");
        }
    }

    @RepeatedTest(20)
    void whoJoinsTheDeltasAsTheyComeHasTheBeginOfTheMessage(RepetitionInfo repetition)
            throws Exception {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        String last = "";
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> drafts = new ArrayList<>();
            for (int viewer = 0; viewer < 5; viewer++) {
                drafts.add(viewers.submit(this::joined));
            }
            StringBuilder written = new StringBuilder();
            for (int piece = 0; piece < 100; piece++) {
                if (random.nextInt(20) == 0) {
                    feed.delta(new Delta.Retry(1, 1, 1, index++));
                    written.setLength(0);
                }
                String text = "x".repeat(random.nextInt(3)) + piece + " ";
                write(1, written.length(), text);
                written.append(text);
            }
            write(1, written.length(), "!");
            last = written + "!";
            for (Future<String> draft : drafts) {
                assertThat(draft.get()).as("seed %d", seed).isEqualTo(last);
            }
        }
    }

    /** Reads deltas as a client does, until the text ends with an exclamation mark. */
    private String joined() throws InterruptedException {
        Place place = Place.after(0);
        String draft = "";
        while (!draft.endsWith("!")) {
            Batch batch = feed.next(place, LONG);
            place = batch.place();
            for (String frame : texts(batch)) {
                String[] parts = frame.split(" ", 4);
                draft =
                        parts[0].equals("retry")
                                ? ""
                                : draft.substring(0, Integer.parseInt(parts[2].substring(1)))
                                        + parts[3];
            }
        }
        return draft;
    }

    private void write(int seq, int offset, String text) {
        assertThat(feed.delta(text(seq, 1, index++, offset, text))).isEqualTo(Taken.NEW);
    }

    private static Delta.Text text(int seq, int attempt, int at, int offset, String text) {
        return new Delta.Text(seq, seq, attempt, at, offset, text);
    }

    /** The data of each frame. */
    private static List<String> texts(Batch batch) {
        return batch.frames().stream()
                .map(frame -> new String(frame.bytes(), UTF_8))
                .map(text -> text.substring(text.indexOf("data: ") + 6))
                .map(text -> text.substring(0, text.length() - 2))
                .toList();
    }
}
