package dev.battlestream.effects;

import static dev.battlestream.effects.Rig.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskEffectsTest {

    private static final EffectSettings SETTINGS =
            EffectSettings.defaults()
                    .withMaxInFlight(2)
                    .withHandoverGrace(Duration.ofMillis(500))
                    .withDrainLimit(Duration.ofMillis(200));

    private final Rig rig = new Rig();
    private final Rig.Instance instance = rig.instance(SETTINGS);

    @Test
    void anEffectIsRecordedBeforeItIsPrepared() {
        List<Integer> attemptsOnRecord = new ArrayList<>();
        Rig.Task task =
                rig
                .new Task(
                        instance.engine,
                        (id, _, _) -> attemptsOnRecord.add(rig.stored(id).attempt()));

        task.start(id(1));

        assertThat(attemptsOnRecord).containsExactly(1);
        assertThat(rig.desk.awaitCall(id(1)).ask).isEqualTo(new Desk.Ask(id(1), 1, "payload"));
    }

    @Test
    void anEffectStartedTwiceRunsOnce() {
        Rig.Task task = instance.assign();

        assertThat(task.start(id(1))).isTrue();
        assertThat(task.start(id(1))).isFalse();

        rig.desk.awaitCall(id(1));
        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(instance.engine.inFlight()).isEqualTo(1);
    }

    @Test
    void aReplyIsPublishedAndItsEventCompletesTheEffect() {
        Rig.Task task = instance.assign();
        task.start(id(1));

        rig.desk.awaitCall(id(1)).answer("42");
        awaitPublished(instance, "turn/1=42");
        assertThat(rig.isStored(id(1))).isTrue();

        assertThat(task.read(id(1), 0)).isTrue();
        assertThat(rig.isStored(id(1))).isFalse();
        assertThat(task.effects.isPending(id(1))).isFalse();
    }

    @Test
    void aDuplicateIsCountedAndNothingElse() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        rig.desk.awaitCall(id(1)).answer("42");
        awaitPublished(instance, "turn/1=42");
        task.read(id(1), 0);

        assertThat(task.read(id(1), 1)).isFalse();

        assertThat(instance.count("effects.duplicates.ignored")).isEqualTo(1);
    }

    @Test
    void whatFindsNoSlotWaitsInOrder() {
        Rig.Task task = instance.assign();
        IntStream.rangeClosed(1, 5).forEach(n -> task.start(id(n)));
        assertThat(instance.gauge("effects.waiting")).isEqualTo(3);

        for (int n = 1; n <= 5; n++) {
            rig.desk.awaitCall(id(n)).answer("x");
            awaitPublished(instance, "turn/" + n + "=x");
            task.read(id(n), n);
        }

        assertThat(rig.desk.calls()).extracting(call -> call.ask.id().name()).hasSize(5);
        assertThat(rig.desk.calls().subList(2, 5))
                .extracting(call -> call.ask.id())
                .containsExactly(id(3), id(4), id(5));
        assertThat(instance.gauge("effects.waiting")).isZero();
        assertThat(instance.engine.inFlight()).isZero();
    }

    @Test
    void aResultThatIsReadBackFreesItsSlotBeforeTheAcknowledgementArrives() {
        Rig.Instance unacknowledged = rig.instanceWithoutAcks(SETTINGS.withMaxInFlight(1));
        Rig.Task task = unacknowledged.assign();
        task.start(id(1));
        task.start(id(2));
        rig.desk.awaitCall(id(1)).answer("x");
        awaitPublished(unacknowledged, "turn/1=x");
        assertThat(unacknowledged.engine.inFlight()).isEqualTo(1);

        task.read(id(1), 0);

        rig.desk.awaitCall(id(2));
        assertThat(unacknowledged.producer.completeNext()).isTrue();
        assertThat(unacknowledged.engine.inFlight()).isEqualTo(1);
    }

    @Test
    void aSlotFreedByAnotherTaskIsFoundByThePunctuation() {
        Rig.Task task = instance.assign();
        Rig.Task busy = new Rig(1).new Task(instance.engine);
        busy.start(id(1));
        busy.start(id(2));
        task.start(id("late"));
        assertThat(rig.desk.openCall(id("late"))).isNull();
        rig.desk.awaitCall(id(1)).answer("x");
        await().until(() -> instance.engine.inFlight() == 1);

        task.punctuate();

        rig.desk.awaitCall(id("late"));
    }

    @Test
    void cancellingInterruptsTheCallAndDropsItsResult() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));

        assertThat(task.effects.cancel(id(1))).isTrue();

        await().until(() -> instance.engine.inFlight() == 0);
        assertThat(call.interrupted).isTrue();
        assertThat(instance.published()).isEmpty();
        assertThat(rig.isStored(id(1))).isFalse();
        assertThat(instance.count("effects.cancelled")).isEqualTo(1);
        assertThat(instance.count("effects.failed")).isZero();
    }

    @Test
    void aWaitingEffectIsCancelledWithoutEverRunning() {
        Rig.Task task = instance.assign();
        IntStream.rangeClosed(1, 3).forEach(n -> task.start(id(n)));

        assertThat(task.effects.cancel(id(3))).isTrue();
        rig.desk.awaitCall(id(1)).answer("x");
        await().until(() -> instance.engine.inFlight() == 1);
        task.punctuate();

        assertThat(rig.desk.callsOf(id(3))).isZero();
        assertThat(task.effects.cancel(id(3))).isFalse();
    }

    @Test
    void aResultThatIsBeingPublishedWhenItsEffectIsCancelledStillArrives() {
        Rig.Instance unacknowledged = rig.instanceWithoutAcks(SETTINGS);
        Rig.Task task = unacknowledged.assign();
        task.start(id(1));
        rig.desk.awaitCall(id(1)).answer("x");
        awaitPublished(unacknowledged, "turn/1=x");

        task.effects.cancel(id(1));

        assertThat(task.read(id(1), 0)).isFalse();
        assertThat(unacknowledged.count("effects.duplicates.ignored")).isEqualTo(1);
    }

    @Test
    void anEffectMayBeStartedAgainWhileItsCancelledCallIsStillEnding() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        Desk.Call first = rig.desk.awaitCall(id(1));
        task.effects.cancel(id(1));

        task.start(id(1));

        Desk.Call second =
                await().until(() -> rig.desk.openCall(id(1)), c -> c != null && c != first);
        second.answer("again");
        awaitPublished(instance, "turn/1=again");
        assertThat(task.read(id(1), 0)).isTrue();
    }

    @Test
    void aCallThatAnotherInstanceHasOutrunIsInterrupted() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));

        assertThat(task.read(id(1), 0)).isTrue();

        await().until(() -> call.interrupted);
        await().until(() -> instance.engine.inFlight() == 0);
        assertThat(instance.published()).isEmpty();
    }

    @Test
    void whatACrashLeftPendingIsDispatchedAgainAfterTheGrace() {
        Rig.Task before = instance.assign();
        before.start(id(1));
        rig.desk.awaitCall(id(1));
        Rig.Instance restarted = rig.instance(SETTINGS);

        Rig.Task task = restarted.assign();
        task.punctuateAfterMillis(499);
        assertThat(rig.desk.calls()).hasSize(1);

        task.punctuateAfterMillis(1);
        await().until(() -> rig.desk.calls().size() == 2);
        assertThat(rig.desk.calls().get(1).ask.attempt()).isEqualTo(2);
        assertThat(rig.stored(id(1)).attempt()).isEqualTo(2);
        assertThat(restarted.count("effects.dispatched.again")).isEqualTo(1);
    }

    @Test
    void whatOnlyWaitedBeforeACrashIsNoRepetition() {
        Rig.Task before = instance.assign();
        IntStream.rangeClosed(1, 3).forEach(n -> before.start(id(n)));
        Rig.Instance restarted = rig.instance(SETTINGS.withMaxInFlight(10));

        restarted.assign().punctuateAfterMillis(500);

        assertThat(rig.desk.awaitCall(id(3)).ask.attempt()).isEqualTo(1);
        assertThat(restarted.count("effects.dispatched")).isEqualTo(3);
        assertThat(restarted.count("effects.dispatched.again")).isEqualTo(2);
    }

    @Test
    void recoveredEffectsWaitInTheOrderInWhichTheyWereRecorded() {
        Rig.Task before = instance.assign();
        List<String> order = List.of("m", "z", "a", "k", "b");
        before.start(id(order.get(0)));
        before.start(id(order.get(1)));
        rig.clock.advanceMillis(1);
        before.start(id(order.get(2)));
        before.start(id(order.get(3)));
        rig.clock.advanceMillis(1);
        before.start(id(order.get(4)));
        Rig.Instance restarted = rig.instance(SETTINGS.withMaxInFlight(10));
        List<String> prepared = new ArrayList<>();
        Rig.Task task = rig.new Task(restarted.engine, (id, _, _) -> prepared.add(id.name()));

        task.punctuateAfterMillis(500);

        assertThat(prepared).isEqualTo(order);
    }

    @Test
    void aResultThatIsAlreadyOnTheLogIsNotPaidForTwice() {
        Rig.Task before = instance.assign();
        before.start(id(1));
        rig.desk.awaitCall(id(1)).answer("x");
        awaitPublished(instance, "turn/1=x");
        rig.log.end = 1;
        Rig.Instance restarted = rig.instance(SETTINGS);

        Rig.Task task = restarted.assign();
        task.punctuateAfterMillis(10_000);
        task.read(id(1), 0);
        task.punctuateAfterMillis(10_000);

        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(restarted.count("effects.dispatched")).isZero();
    }

    @Test
    void aReplayedStartWaitsForTheResultsThatMayExistAlready() {
        rig.log.end = 1;
        Rig.Task task = instance.assign();

        task.start(id(1));
        task.punctuateAfterMillis(1_000);
        assertThat(instance.engine.inFlight()).isZero();
        assertThat(task.read(id(1), 0)).isTrue();

        task.punctuateAfterMillis(1_000);
        assertThat(rig.desk.calls()).isEmpty();
    }

    @Test
    void resultsThatNoProcessorSeesDoNotHoldTheGate() {
        rig.log.end = 1;
        Rig.Task task = instance.assign();
        task.start(id(1));
        task.punctuateAfterMillis(1_000);

        rig.log.committed = OptionalLong.of(1);
        task.punctuateAfterMillis(200);
        task.punctuateAfterMillis(200);

        rig.desk.awaitCall(id(1));
        assertThat(instance.count("effects.gate.forced")).isZero();
    }

    @Test
    void aResultOfNobodysEffectAlsoOpensTheGateAndIsNoDuplicate() {
        rig.log.end = 1;
        Rig.Task task = instance.assign();
        task.start(id(1));
        task.punctuateAfterMillis(1_000);

        task.context.setRecordMetadata(Desk.RESULTS, 0, 0);
        task.effects.observed();

        rig.desk.awaitCall(id(1));
        assertThat(instance.count("effects.duplicates.ignored")).isZero();
    }

    @Test
    void aGateThatCannotOpenIsForcedAndCounted() {
        rig.log.answers = false;
        Rig.Task task = instance.assign();
        task.start(id(1));
        task.punctuateAfterMillis(29_999);
        assertThat(instance.engine.inFlight()).isZero();

        task.punctuateAfterMillis(1);

        rig.desk.awaitCall(id(1));
        assertThat(instance.count("effects.gate.forced")).isEqualTo(1);
    }

    @Test
    void aTaskThatComesBackAdoptsWhatStillRuns() {
        Rig.Task before = instance.assign();
        before.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));
        before.effects.close();

        Rig.Task task = instance.assign();
        task.punctuateAfterMillis(10_000);
        call.answer("x");
        awaitPublished(instance, "turn/1=x");
        task.punctuateAfterMillis(10_000);

        assertThat(task.read(id(1), 0)).isTrue();
        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(instance.engine.inFlight()).isZero();
        assertThat(instance.count("effects.adopted")).isEqualTo(1);
    }

    @Test
    void anEffectWhoseTransactionWasAbortedIsAdoptedWhenItIsStartedAgain() {
        Rig.Task before = instance.assign();
        before.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));
        before.effects.close();
        rig.store.delete(id(1).storeKey());
        Rig.Task task = instance.assign();

        // The result is published after the task asked for the end of the log, and the input that
        // started the effect is only then read again: neither gate nor store knows of the call.
        call.answer("x");
        awaitPublished(instance, "turn/1=x");
        task.start(id(1));
        task.punctuateAfterMillis(10_000);

        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(task.read(id(1), 0)).isTrue();
    }

    @Test
    void aRunThatEndsWithoutAnOwnerIsForgotten() {
        Rig.Task before = instance.assign();
        before.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));
        before.effects.close();
        call.answer("x");
        await().until(() -> instance.engine.inFlight() == 0);
        rig.log.end = 1;

        Rig.Task task = instance.assign();
        task.punctuateAfterMillis(10_000);
        assertThat(task.read(id(1), 0)).isTrue();

        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(instance.count("effects.adopted")).isZero();
    }

    @Test
    void theAgeOfTheOldestPendingEffectIsMeasured() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        rig.clock.advance(Duration.ofSeconds(7));
        task.start(id(2));

        assertThat(instance.meters.get("effects.oldest.pending").timeGauge().value())
                .isEqualTo(7.0);

        task.read(id(1), 0);
        assertThat(instance.meters.get("effects.oldest.pending").timeGauge().value()).isZero();
    }

    @Test
    void aDrainWaitsForRunningCallsAndStartsNoOthers() {
        Rig.Instance draining = rig.instance(SETTINGS.withDrainLimit(Duration.ofSeconds(10)));
        Rig.Task task = draining.assign();
        IntStream.rangeClosed(1, 3).forEach(n -> task.start(id(n)));
        Desk.Call first = rig.desk.awaitCall(id(1));
        Desk.Call second = rig.desk.awaitCall(id(2));

        Thread closing = Thread.ofVirtual().start(draining.engine::close);
        await().until(() -> draining.engine.isDraining());
        task.punctuate();
        first.answer("x");
        second.answer("y");

        await().until(() -> !closing.isAlive());
        task.start(id(4));
        assertThat(draining.published()).containsExactlyInAnyOrder("turn/1=x", "turn/2=y");
        assertThat(rig.desk.calls()).hasSize(2);
        assertThat(rig.isStored(id(3))).isTrue();
        assertThat(rig.isStored(id(4))).isTrue();
        assertThat(draining.producer.closed()).isTrue();
    }

    @Test
    void whatOutlastsTheDrainIsInterruptedAndStaysPending() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        Desk.Call call = rig.desk.awaitCall(id(1));

        instance.engine.close();

        await().until(() -> call.interrupted);
        assertThat(instance.published()).isEmpty();
        assertThat(rig.isStored(id(1))).isTrue();
        assertThat(instance.meters.getMeters()).isEmpty();
    }

    @Test
    void aFaultInPreparationGoesUpAndGivesTheSlotBack() {
        Rig.Task task =
                rig
                .new Task(
                        instance.engine,
                        (id, _, _) -> {
                            throw new IllegalStateException("No transcript of " + id);
                        });

        assertThatThrownBy(() -> task.start(id(1))).isInstanceOf(IllegalStateException.class);
        assertThat(instance.engine.inFlight()).isZero();
    }

    private static void awaitPublished(Rig.Instance instance, String event) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> instance.published().contains(event));
    }
}
