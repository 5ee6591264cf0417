package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.report.battle.adapter.RefusedException;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.battle.adapter.Subscription;
import dev.battlestream.report.battle.adapter.Subscriptions;
import dev.battlestream.report.battle.adapter.ViewUnavailableException;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunFold;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFollowingTest {

    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Rows rows = new Rows();
    private final Subscriptions subscriptions = new Subscriptions(3);
    private final ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        followers.shutdownNow();
    }

    @Test
    void anEndedRunIsToldInTheOrderOfItsEndsAndCloses() throws Exception {
        publishWholeRun();
        Told told = new Told();

        follow(0, told).get(10, TimeUnit.SECONDS);

        assertThat(told.events)
                .containsExactly("status completed 2/2", "member 2 @3", "member 1 @4", "ended 2/2");
    }

    @Test
    void aFollowerGoesOnBehindItsCursor() throws Exception {
        publishWholeRun();
        Told told = new Told();

        follow(3, told).get(10, TimeUnit.SECONDS);

        assertThat(told.events).containsExactly("status completed 2/2", "member 1 @4", "ended 2/2");
    }

    @Test
    void whatHappensLaterIsToldLive() throws Exception {
        publish(RunRecords.requested(ID, 1));
        Told told = new Told();
        Future<?> following = follow(0, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status queued 0/1"));

        publish(RunRecords.launched(ID, 1));
        await().untilAsserted(() -> assertThat(told.events).endsWith("status running 0/1"));
        publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        await().untilAsserted(() ->
                assertThat(told.events).endsWith("status running 1/1", "member 1 @2"));
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events).endsWith("member 1 @2", "ended 1/1");
    }

    @Test
    void theEndIsHeldBackUntilAllMembersAreTold() throws Exception {
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        Told told = new Told();
        Future<?> following = follow(0, told);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));

        publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events).endsWith("member 1 @1", "ended 1/1");
    }

    @Test
    void aStatusIsHeldBackForAWhileAndTheLastOneIsTold() throws Exception {
        publish(RunRecords.requested(ID, 50));
        Told told = new Told();
        Duration every = Duration.ofMillis(300);
        Future<?> following = follow(0, told, every, LONG);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));

        for (int index = 1; index <= 50; index++) {
            publish(RunRecords.ended(ID, index, EndReason.LIMIT));
        }

        await().untilAsserted(() ->
                assertThat(told.events).contains("member 50 @50", "status running 50/50"));
        assertThat(told.statusGaps()).allMatch(gap -> gap >= every.toNanos());
        following.cancel(true);
    }

    @Test
    void howeverManyEndAtOnceTheMembersAreLookedAtOnceInAWhile() throws Exception {
        publish(RunRecords.requested(ID, 300));
        Told told = new Told();
        Future<?> following = follow(0, told, Duration.ofMillis(300), LONG);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));
        int before = rows.looks.get();
        long begin = System.nanoTime();

        for (int index = 1; index <= 300; index++) {
            publish(RunRecords.ended(ID, index, EndReason.LIMIT));
        }
        await().untilAsserted(() -> assertThat(told.placed()).hasSize(300));

        long whiles = 1 + (System.nanoTime() - begin) / Duration.ofMillis(300).toNanos();
        assertThat(rows.looks.get() - before).isBetween(1, Math.toIntExact(whiles + 1));
        assertThat(told.placed())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 300)
                                .mapToObj(index -> "member %d @%d".formatted(index, index))
                                .toList());
        following.cancel(true);
    }

    @Test
    void theEndIsToldAtOnceWithAllThatWasHeldBack() throws Exception {
        publish(RunRecords.requested(ID, 2));
        Told told = new Told();
        Future<?> following = follow(0, told, LONG, LONG);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));

        publish(RunRecords.ended(ID, 1, EndReason.LIMIT));
        publish(RunRecords.ended(ID, 2, EndReason.GOAL));
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 2));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events)
                .containsExactly("status queued 0/2", "member 1 @1", "member 2 @2", "ended 2/2");
    }

    @Test
    void aMemberThatCannotBeTheRunsOwnIsNotTold() throws Exception {
        publish(RunRecords.requested(ID, 1));
        publish(RunRecords.ended(ID, 2, EndReason.GOAL));
        publish(RunRecords.ended(ID, 1, EndReason.LIMIT));
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        Told told = new Told();

        follow(0, told).get(10, TimeUnit.SECONDS);

        assertThat(told.events).containsExactly("status completed 1/1", "member 1 @2", "ended 1/1");
    }

    @Test
    void membersThatFollowTheEndOfTheirRunAreToldAWhileLater() throws Exception {
        publish(RunRecords.requested(ID, 1));
        Told told = new Told();
        Future<?> following = follow(0, told, Duration.ofMillis(300), LONG);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));

        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events).endsWith("member 1 @1", "ended 1/1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aFollowerThatReconnectsAtRandomSeesEveryMemberOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        publish(RunRecords.requested(ID, 100));
        Future<?> writing =
                followers.submit(() -> {
                    for (int index = 1; index <= 100; index++) {
                        publish(RunRecords.launched(ID, index));
                        publish(RunRecords.ended(ID, index, EndReason.LIMIT));
                    }
                    publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 100));
                });
        List<String> seen = new ArrayList<>();
        long cursor = 0;
        boolean ended = false;
        while (!ended) {
            Told told = new Told();
            told.goesAfter = 1 + random.nextInt(30);
            try {
                follow(cursor, told).get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
            seen.addAll(told.placed());
            cursor = Math.max(cursor, told.last);
            ended = told.events.contains("ended 100/100");
        }
        writing.get(10, TimeUnit.SECONDS);

        List<String> expected = new ArrayList<>();
        for (int index = 1; index <= 100; index++) {
            expected.add("member %d @%d".formatted(index, 2 * index));
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(subscriptions.count()).isZero();
    }

    @Test
    void silenceIsFilledWithSignsOfLife() {
        publish(RunRecords.requested(ID, 1));
        Told told = new Told();

        Future<?> following = follow(0, told, Duration.ZERO, Duration.ofMillis(5));

        await().untilAsserted(() -> assertThat(told.heartbeats).hasValueGreaterThan(3));
        following.cancel(true);
        await().untilAsserted(() -> assertThat(subscriptions.count()).isZero());
    }

    @Test
    void aRunThatDoesNotAppearIsUnknown() {
        RunFollowing impatient =
                new RunFollowing(
                        id -> rows,
                        InstantSource.fixed(RunRecords.START),
                        LONG,
                        LONG,
                        Duration.ofMillis(20));
        try (Subscription subscription = subscriptions.open(ID)) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> impatient.awaitKnown(ID, subscription))
                    .withMessage("no such run");
        }
    }

    @Test
    void aRunThatLeavesTheViewEndsItsStreams() throws Exception {
        publish(RunRecords.requested(ID, 1));
        Told told = new Told();
        Future<?> following = follow(0, told);
        await().untilAsserted(() -> assertThat(told.events).isNotEmpty());

        rows.run = null;
        subscriptions.wake(ID);

        following.get(10, TimeUnit.SECONDS);
        assertThat(told.events).containsExactly("status queued 0/1");
    }

    @Test
    void aViewThatCannotBeReadForAMomentDoesNotEndAStream() throws Exception {
        publish(RunRecords.requested(ID, 1));
        Told told = new Told();
        Future<?> following = follow(0, told);
        await().untilAsserted(() -> assertThat(told.events).hasSize(1));

        rows.available = false;
        publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        rows.available = true;
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.placed()).containsExactly("member 1 @1");
    }

    private Future<?> follow(long after, Told told) {
        return follow(after, told, Duration.ZERO, LONG);
    }

    private Future<?> follow(long after, Told told, Duration statusEvery, Duration heartbeat) {
        RunFollowing following =
                new RunFollowing(
                        id -> rows,
                        InstantSource.fixed(RunRecords.START),
                        statusEvery,
                        heartbeat,
                        LONG);
        return followers.submit(() -> {
            try (Subscription subscription = subscriptions.open(ID)) {
                following.follow(ID, after, subscription, told);
            }
            return null;
        });
    }

    private void publishWholeRun() {
        publish(RunRecords.requested(ID, 2));
        publish(RunRecords.launched(ID, 1));
        publish(RunRecords.launched(ID, 2));
        publish(RunRecords.ended(ID, 2, EndReason.GOAL));
        publish(RunRecords.ended(ID, 1, EndReason.LIMIT));
        publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 2));
    }

    private void publish(SpecificRecord record) {
        rows.take(record);
        subscriptions.wake(ID);
    }

    /** A view in memory, filled as the real one is: the member first, then the run. */
    private static final class Rows implements RunReads {

        final AtomicInteger looks = new AtomicInteger();
        private final AtomicLong places = new AtomicLong();
        private final Map<Integer, Member> members = new ConcurrentSkipListMap<>();
        volatile @Nullable Run run;
        volatile boolean available = true;

        void take(SpecificRecord record) {
            Run before = run == null ? Run.unknown(ID) : run;
            Run with =
                    switch (event(record)) {
                        case RunEvent.OfRun ofRun -> RunFold.with(before, ofRun);
                        case RunEvent.OfMember ofMember -> {
                            Member member = RunFold.with(members.get(ofMember.index()), ofMember);
                            if (member != null) {
                                members.put(ofMember.index(), member);
                            }
                            yield before;
                        }
                    };
            run = with == null ? before : with;
        }

        private RunEvent event(SpecificRecord record) {
            return switch (RunAvro.event(record, 0)) {
                case RunEvent.OfRun ofRun -> ofRun;
                case RunEvent.OfMember _ -> RunAvro.event(record, places.incrementAndGet());
            };
        }

        private void checkAvailable() {
            if (!available) {
                throw new ViewUnavailableException("not now");
            }
        }

        @Override
        public @Nullable Run run() {
            checkAvailable();
            return run;
        }

        @Override
        public List<Member> members() {
            checkAvailable();
            looks.incrementAndGet();
            return List.copyOf(members.values());
        }
    }

    /** Writes down what it is told, and goes away after a number of members. */
    private static final class Told implements RunSink {

        final List<String> events = new CopyOnWriteArrayList<>();
        final AtomicInteger heartbeats = new AtomicInteger();
        int goesAfter = Integer.MAX_VALUE;
        volatile long last;
        private final List<Long> statusesAt = new CopyOnWriteArrayList<>();

        List<String> placed() {
            return events.stream().filter(event -> event.contains("@")).toList();
        }

        /** Nanoseconds from each status to the next. */
        List<Long> statusGaps() {
            List<Long> gaps = new ArrayList<>();
            for (int i = 1; i < statusesAt.size(); i++) {
                gaps.add(statusesAt.get(i) - statusesAt.get(i - 1));
            }
            return gaps;
        }

        @Override
        public void status(RunStatus status) {
            statusesAt.add(System.nanoTime());
            events.add("status " + Spelling.name(status.state()) + " " + share(status));
        }

        @Override
        public void member(Member member, @Nullable RunSpecification specification, long place)
                throws IOException {
            if (goesAfter == 0) {
                throw new IOException("gone");
            }
            goesAfter--;
            events.add("member %d @%d".formatted(member.index(), place));
            last = place;
        }

        @Override
        public void ended(RunStatus status) {
            events.add("ended " + share(status));
        }

        private static String share(RunStatus status) {
            return status.completed() + "/" + status.total();
        }

        @Override
        public void heartbeat() {
            heartbeats.incrementAndGet();
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }
    }
}
