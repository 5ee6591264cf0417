package dev.battlestream.effects;

import static dev.battlestream.effects.Rig.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EffectRunTest {

    private static final EffectSettings SETTINGS =
            EffectSettings.defaults()
                    .withDrainLimit(Duration.ZERO)
                    .withRetry(
                            new EffectSettings.Retry(
                                    3, Duration.ofMillis(1), 2, Duration.ofMillis(300), 0.5));

    private final Rig rig = new Rig();
    private final Rig.Instance instance = rig.instance(SETTINGS);
    private final Rig.Instance unacknowledged = rig.instanceWithoutAcks(SETTINGS);

    @BeforeEach
    void awaitQuickly() {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    }

    @Test
    void aPassingFaultIsTriedAgain() {
        instance.assign().start(id(1));

        awaitTrial(1).fail(new PassingFault("429", null));
        awaitTrial(2).answer("x");

        awaitPublished(instance, "turn/1=x");
        assertThat(instance.count("effects.call.retries")).isEqualTo(1);
        assertThat(instance.count("effects.failed")).isZero();
    }

    @Test
    void theLastPassingFaultIsAnEvent() {
        instance.assign().start(id(1));

        for (int trial = 1; trial <= 3; trial++) {
            awaitTrial(trial).fail(new PassingFault("503 for the " + trial + ". time", null));
        }

        awaitPublished(instance, "turn/1=failed: 503 for the 3. time");
        assertThat(instance.count("effects.failed")).isEqualTo(1);
    }

    @Test
    void anyOtherFaultIsFinal() {
        instance.assign().start(id(1));

        awaitTrial(1).fail(new AssertionError("401"));

        awaitPublished(instance, "turn/1=failed: 401");
        assertThat(rig.desk.calls()).hasSize(1);
    }

    @Test
    void theOtherSidesRetryAfterIsRespectedUpToTheMaximum() {
        instance.assign().start(id(1));
        long start = System.nanoTime();

        awaitTrial(1).fail(new PassingFault("429", null, Duration.ofHours(1)));
        awaitTrial(2);

        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        assertThat(waited).isBetween(Duration.ofMillis(300), Duration.ofSeconds(30));
    }

    @Test
    void aCancelledCallIsNotTriedAgain() {
        Rig.Task task = instance.assign();
        task.start(id(1));
        awaitTrial(1).fail(new PassingFault("429", null, Duration.ofHours(1)));
        await().until(() -> instance.count("effects.call.retries") == 1);

        task.effects.cancel(id(1));

        await().until(() -> instance.engine.inFlight() == 0);
        assertThat(rig.desk.calls()).hasSize(1);
        assertThat(instance.published()).isEmpty();
    }

    @Test
    void anEventIsSentAgainUntilItIsAcknowledged() {
        unacknowledged.assign().start(id(1));
        awaitTrial(1).answer("x");

        for (int trial = 1; trial <= 3; trial++) {
            int sent = trial;
            await().until(() -> unacknowledged.published().size() == sent);
            unacknowledged.producer.errorNext(new TimeoutException("no broker"));
        }
        await().until(() -> unacknowledged.published().size() == 4);
        assertThat(unacknowledged.engine.inFlight()).isEqualTo(1);
        unacknowledged.producer.completeNext();

        await().until(() -> unacknowledged.engine.inFlight() == 0);
        assertThat(unacknowledged.published()).containsOnly("turn/1=x");
        assertThat(unacknowledged.count("effects.publish.retries")).isEqualTo(3);
        assertThat(rig.desk.calls()).hasSize(1);
    }

    @Test
    void anEventThatSendRefusesIsSentAgain() {
        instance.producer.sendException = new TimeoutException("no metadata");
        instance.assign().start(id(1));
        awaitTrial(1).answer("x");
        await().until(() -> instance.count("effects.publish.retries") >= 1);

        instance.producer.sendException = null;

        awaitPublished(instance, "turn/1=x");
    }

    @Test
    void aReplyTooLargeForTheLogBecomesAFailure() {
        unacknowledged.assign().start(id(1));
        awaitTrial(1).answer("much");
        awaitPublished(unacknowledged, "turn/1=much");

        unacknowledged.producer.errorNext(new RecordTooLargeException("too large"));

        awaitPublished(unacknowledged, "turn/1=failed: too large");
        assertThat(unacknowledged.count("effects.failed")).isEqualTo(1);
    }

    @Test
    void aReplyIsNotLostHoweverOftenItCannotBeMadeAnEvent() {
        int beyondTheTrialsOfACall = SETTINGS.retry().trials() + 2;
        AtomicInteger faults = new AtomicInteger(beyondTheTrialsOfACall);
        rig.desk.resultText = text -> failing(faults, text);
        instance.assign().start(id(1));

        awaitTrial(1).answer("x");

        awaitPublished(instance, "turn/1=x");
        assertThat(instance.published()).containsExactly("turn/1=x");
        assertThat(instance.count("effects.publish.retries")).isEqualTo(beyondTheTrialsOfACall);
        assertThat(instance.count("effects.failed")).isZero();
        assertThat(rig.desk.calls()).hasSize(1);
    }

    @Test
    void aClosedEngineGivesUpAReplyThatCannotBeMadeAnEvent() {
        rig.desk.resultText = text -> failing(new AtomicInteger(1), text);
        instance.assign().start(id(1));
        awaitTrial(1).answer("x");
        await().until(() -> instance.count("effects.publish.retries") >= 1);

        instance.engine.close();

        assertThat(instance.engine.inFlight()).isZero();
        assertThat(instance.published()).isEmpty();
        assertThat(rig.isStored(id(1))).isTrue();
    }

    @Test
    void aReplyThatCanNeverBeMadeAnEventBecomesAFailure() {
        rig.desk.resultText =
                text -> {
                    throw new UnwritableResult(
                            text + " has no bytes", new ArithmeticException("19 digits"));
                };
        instance.assign().start(id(1));

        awaitTrial(1).answer("x");

        awaitPublished(instance, "turn/1=failed: x has no bytes");
        assertThat(instance.count("effects.failed")).isEqualTo(1);
    }

    @Test
    void aFailureThatCannotBeMadeAnEventIsTriedOn() {
        AtomicInteger faults = new AtomicInteger(4);
        rig.desk.failureText = text -> failing(faults, text);
        instance.assign().start(id(1));

        awaitTrial(1).fail(new IllegalArgumentException("bad"));

        awaitPublished(instance, "turn/1=failed: bad");
        assertThat(instance.count("effects.publish.retries")).isEqualTo(4);
    }

    @Test
    void anInterruptLeftBehindByAFeatureDoesNotSpoilThePublishing() {
        rig.desk.resultText =
                text -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    return text;
                };
        rig.desk.beforeReturn = () -> Thread.currentThread().interrupt();
        instance.assign().start(id(1));

        awaitTrial(1).answer("x");

        awaitPublished(instance, "turn/1=x");
    }

    @Test
    void aClosedEngineGivesUpPublishing() {
        unacknowledged.assign().start(id(1));
        awaitTrial(1).answer("x");
        awaitPublished(unacknowledged, "turn/1=x");
        unacknowledged.producer.errorNext(new TimeoutException("no broker"));

        unacknowledged.engine.close();

        assertThat(unacknowledged.engine.inFlight()).isZero();
        assertThat(rig.isStored(id(1))).isTrue();
    }

    private static String failing(AtomicInteger times, String text) {
        if (times.getAndDecrement() > 0) {
            throw new IllegalStateException("registry down");
        }
        return text;
    }

    private Desk.Call awaitTrial(int trial) {
        return await().until(() -> openTrial(trial), call -> call != null);
    }

    private Desk.@Nullable Call openTrial(int trial) {
        Desk.Call call = rig.desk.openCall(id(1));
        return call != null && call.trial == trial ? call : null;
    }

    private static void awaitPublished(Rig.Instance instance, String event) {
        await().until(() -> instance.published().contains(event));
    }
}
