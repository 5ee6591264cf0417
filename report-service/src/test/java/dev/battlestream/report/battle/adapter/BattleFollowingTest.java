package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.Cursor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BattleFollowingTest {

    private static final String ID = "2f2a0c1e-8a65-4d25-b54c-bb4f3b0f4a11";
    private static final Duration LONG = Duration.ofMinutes(5);

    private long offset;
    private final RowsInMemory rows = new RowsInMemory(ID);
    private final Subscriptions subscriptions = new Subscriptions(3);
    private final ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        followers.shutdownNow();
    }

    @Test
    void anEndedBattleIsToldInOrderAndCloses() throws Exception {
        publishWholeBattle();
        Told told = new Told();

        follow(Cursor.START, told).get(10, TimeUnit.SECONDS);

        assertThat(told.events)
                .containsExactly(
                        "status completed",
                        "message 1 @2",
                        "verdict 1 @3",
                        "message 2 @4",
                        "message 3 @6",
                        "verdict 2 @7",
                        "ended completed");
    }

    @Test
    void aFollowerGoesOnBehindItsCursor() throws Exception {
        publishWholeBattle();
        Told told = new Told();

        follow(new Cursor(4), told).get(10, TimeUnit.SECONDS);

        assertThat(told.events)
                .containsExactly(
                        "status completed", "message 3 @6", "verdict 2 @7", "ended completed");
    }

    @Test
    void whatIsWrittenLaterIsToldLive() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status queued"));

        publish(Records.agent(ID, 1, 1));
        await().untilAsserted(() ->
                assertThat(told.events)
                        .containsExactly("status queued", "status running", "message 1 @2"));
        publish(Records.verdict(ID, 1, 1));
        await().untilAsserted(() -> assertThat(told.events).endsWith("verdict 1 @3"));
        publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events).endsWith("verdict 1 @3", "status completed", "ended completed");
    }

    @Test
    void theEndIsHeldBackUntilAllThatBelongsToTheBattleIsTold() throws Exception {
        publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status completed"));

        publish(Records.verdict(ID, 1, 1));
        publish(Records.agent(ID, 1, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events)
                .containsExactly(
                        "status completed", "message 1 @2", "verdict 1 @3", "ended completed");
    }

    @Test
    void whatIsWrittenOfAMessageIsToldBeforeItAndNotAfterIt() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status queued"));

        tell(Records.delta(ID, 1, 0, 0, "he"));
        await().untilAsserted(() -> assertThat(told.events).endsWith("delta 1.1 +0 'he'"));
        tell(Records.retry(ID, 1, 1));
        tell(Records.delta(ID, 1, 2, 0, "hi"));
        await().untilAsserted(
                        () -> assertThat(told.events).endsWith("retry 1.1", "delta 1.1 +0 'hi'"));
        publish(Records.agent(ID, 1, 1));
        await().untilAsserted(() -> assertThat(told.events).endsWith("message 1 @2"));
        tell(Records.delta(ID, 1, 3, 2, " late"));
        publish(Records.verdict(ID, 1, 1));
        publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.events).noneMatch(event -> event.contains("late"));
    }

    @Test
    void whatIsWrittenOfAMessageWaitsUntilTheMessagesBeforeItAreTold() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status queued"));

        tell(Records.delta(ID, 2, 0, 0, "two"));
        publish(Records.agent(ID, 1, 1));
        await().untilAsserted(() ->
                assertThat(told.events).endsWith("message 1 @2", "delta 2.1 +0 'two'"));
        publish(Records.verdict(ID, 1, 1));
        publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        following.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aFollowerThatReconnectsAtRandomSeesEverythingOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        publish(Records.requested(ID));
        Future<?> writing =
                followers.submit(() -> {
                    for (int turn = 1; turn <= 200; turn++) {
                        publish(Records.agent(ID, turn, turn));
                        publish(Records.verdict(ID, turn, turn));
                    }
                    publish(Records.ended(ID, EndReason.LIMIT, 200, 200, 200));
                });
        List<String> seen = new ArrayList<>();
        Cursor cursor = Cursor.START;
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
            cursor = told.last == null ? cursor : told.last;
            ended = told.events.contains("ended completed");
        }
        writing.get(10, TimeUnit.SECONDS);

        List<String> expected = new ArrayList<>();
        for (int turn = 1; turn <= 200; turn++) {
            expected.add("message %d @%d".formatted(turn, 2 * turn));
            expected.add("verdict %d @%d".formatted(turn, 2 * turn + 1));
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(subscriptions.count()).isZero();
    }

    @Test
    void silenceIsFilledWithSignsOfLife() {
        publish(Records.requested(ID));
        Told told = new Told();

        Future<?> following = follow(Cursor.START, told, Duration.ofMillis(5));

        await().untilAsserted(() -> assertThat(told.heartbeats).hasValueGreaterThan(3));
        following.cancel(true);
        await().untilAsserted(() -> assertThat(subscriptions.count()).isZero());
    }

    @Test
    void aBattleThatDoesNotAppearIsUnknown() {
        try (Subscription subscription = subscriptions.open(ID)) {
            assertThatExceptionOfType(UnknownBattleException.class)
                    .isThrownBy(() ->
                            following(LONG, Duration.ofMillis(20)).awaitKnown(ID, subscription));
        }
    }

    @Test
    void aBattleThatAppearsInTimeIsFollowed() throws Exception {
        try (Subscription subscription = subscriptions.open(ID)) {
            Future<?> waiting =
                    followers.submit(() -> {
                        following(LONG, LONG).awaitKnown(ID, subscription);
                        return "known";
                    });
            publish(Records.requested(ID));

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("known");
        }
    }

    @Test
    void aBattleThatLeavesTheViewsEndsItsStreams() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).isNotEmpty());

        rows.known = null;
        subscriptions.wake(ID);

        following.get(10, TimeUnit.SECONDS);
        assertThat(told.events).doesNotContain("ended queued");
    }

    @Test
    void aDeletionEndsTheStreamsOfItsBattle() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).isNotEmpty());

        publish(Records.deletion(ID));

        following.get(10, TimeUnit.SECONDS);
        assertThat(told.events).containsExactly("status queued");
    }

    @Test
    void aDeletedBattleIsNotAwaited() {
        publish(Records.deletion(ID));

        try (Subscription subscription = subscriptions.open(ID)) {
            assertThatExceptionOfType(DeletedBattleException.class)
                    .isThrownBy(() -> following(LONG, LONG).awaitKnown(ID, subscription));
        }
    }

    @Test
    void viewsThatCannotBeReadForAMomentDoNotEndAStream() throws Exception {
        publish(Records.requested(ID));
        Told told = new Told();
        Future<?> following = follow(Cursor.START, told);
        await().untilAsserted(() -> assertThat(told.events).containsExactly("status queued"));

        rows.available = false;
        publish(Records.agent(ID, 1, 1));
        rows.available = true;
        publish(Records.verdict(ID, 1, 1));
        publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        following.get(10, TimeUnit.SECONDS);

        assertThat(told.placed()).containsExactly("message 1 @2", "verdict 1 @3");
    }

    @Test
    void goingDownEndsAllStreamsAndTakesNoMore() throws Exception {
        publish(Records.requested(ID));
        Future<?> following = follow(Cursor.START, new Told());
        await().untilAsserted(() -> assertThat(subscriptions.count()).isEqualTo(1));

        subscriptions.end();

        following.get(10, TimeUnit.SECONDS);
        assertThat(subscriptions.count()).isZero();
        assertThatExceptionOfType(TooManyFollowersException.class)
                .isThrownBy(() -> subscriptions.open(ID));
    }

    @Test
    void thereIsALimitOfFollowersAndLeavingMakesRoom() {
        Subscription first = subscriptions.open("a");
        subscriptions.open("a");
        subscriptions.open("b");

        assertThatExceptionOfType(TooManyFollowersException.class)
                .isThrownBy(() -> subscriptions.open("c"));

        first.close();
        first.close();
        assertThat(subscriptions.count()).isEqualTo(2);
        subscriptions.open("c");
        assertThatExceptionOfType(TooManyFollowersException.class)
                .isThrownBy(() -> subscriptions.open("d"));
    }

    private BattleFollowing following(Duration heartbeat, Duration appearWithin) {
        return new BattleFollowing(id -> rows, heartbeat, appearWithin);
    }

    private Future<?> follow(Cursor from, Told told) {
        return follow(from, told, LONG);
    }

    private Future<?> follow(Cursor from, Told told, Duration heartbeat) {
        return followers.submit(() -> {
            try (Subscription subscription = subscriptions.open(ID)) {
                following(heartbeat, LONG).follow(ID, from, subscription, told);
            }
            return null;
        });
    }

    private void publishWholeBattle() {
        publish(Records.requested(ID));
        publish(Records.agent(ID, 1, 1));
        publish(Records.verdict(ID, 1, 1));
        publish(Records.opponent(ID, 2, 1));
        publish(Records.agent(ID, 3, 2));
        publish(Records.verdict(ID, 2, 3));
        publish(Records.ended(ID, EndReason.GOAL, 2, 3, 2));
    }

    private void tell(TurnDelta delta) {
        assertThat(subscriptions.tell(ID, offset++, DeltaAvro.delta(delta))).isZero();
    }

    private void publish(SpecificRecord record) {
        BattleEvent event = EventAvro.event(record);
        rows.take(event);
        subscriptions.wake(ID);
    }
}
