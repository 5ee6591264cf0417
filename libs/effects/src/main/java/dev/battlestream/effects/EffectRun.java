package dev.battlestream.effects;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dispatch of an effect, from its call to the acknowledgement of its event.
 *
 * <pre>
 *   CALLING ──reply or last fault──► PUBLISHING ──acknowledged, or read back──► ENDED
 *      └──cancelled, outrun, or given up at shutdown──► DROPPED
 * </pre>
 *
 * Each arrow is one compare-and-set, so that a cancellation and a reply that meet have one winner.
 * The slot is given back at the end of the last state: on the acknowledgement, or when the thread
 * of a dropped call has really ended.
 */
final class EffectRun<I, R> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectRun.class);

    private enum State {
        CALLING,
        PUBLISHING,
        ENDED,
        DROPPED
    }

    /** How a call came out. */
    private sealed interface Outcome<R> {
        record Reply<R>(R result) implements Outcome<R> {}

        record Fault<R>(Throwable cause) implements Outcome<R> {}
    }

    private final Calls<I, R> calls;
    private final Slots.Share slot;
    private final PartitionRuns runs;
    private final EffectId id;
    private final int attempt;
    private final I input;
    private final AtomicReference<State> state = new AtomicReference<>(State.CALLING);
    private volatile @Nullable Thread thread;

    EffectRun(
            Calls<I, R> calls,
            Slots.Share slot,
            PartitionRuns runs,
            EffectId id,
            int attempt,
            I input) {
        this.calls = calls;
        this.slot = slot;
        this.runs = runs;
        this.id = id;
        this.attempt = attempt;
        this.input = input;
    }

    EffectId id() {
        return id;
    }

    void start() {
        startThread(this);
    }

    private void startThread(Runnable task) {
        Thread next = calls.threads.newThread(task);
        thread = next;
        next.start();
    }

    @Override
    public void run() {
        Outcome<R> outcome = call();
        if (!state.compareAndSet(State.CALLING, State.PUBLISHING)) {
            ended();
            return;
        }
        // Nobody interrupts a call that publishes, and what the feature left behind ends here.
        Thread.interrupted();
        if (outcome instanceof Outcome.Fault<R>(Throwable cause)) {
            countFailure(cause);
        }
        publish(outcome, 1);
    }

    // The last failure of a feature's code is an event, whatever was thrown.
    private Outcome<R> call() {
        for (int trial = 1; ; trial++) {
            try {
                return new Outcome.Reply<>(
                        calls.effect.run(input, new EffectCall(id, attempt, trial)));
            } catch (PassingFault fault) {
                if (trial >= calls.retry.trials() || state.get() != State.CALLING) {
                    return new Outcome.Fault<>(fault);
                }
                calls.meters.callRetried();
                LOG.debug("Call of effect {} failed, trial {}: {}", id, trial, nameOf(fault));
                try {
                    Thread.sleep(pause(fault, trial));
                } catch (InterruptedException interrupted) {
                    return new Outcome.Fault<>(interrupted);
                }
            } catch (Throwable fault) {
                return new Outcome.Fault<>(fault);
            }
        }
    }

    private Duration pause(PassingFault fault, int trial) {
        Duration backoff = Duration.ofMillis(calls.backoff.apply(trial));
        Duration asked = fault.retryAfter().orElse(Duration.ZERO);
        Duration longest = calls.retry.max();
        Duration pause = asked.compareTo(backoff) > 0 ? asked : backoff;
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    private void publish(Outcome<R> outcome, int trial) {
        if (state.get() != State.PUBLISHING) {
            return;
        }
        ProducerRecord<byte[], byte[]> event;
        try {
            event =
                    switch (outcome) {
                        case Outcome.Reply<R>(R result) -> calls.effect.result(input, result);
                        case Outcome.Fault<R>(Throwable cause) -> calls.effect.failed(input, cause);
                    };
        } catch (Throwable fault) {
            publishAgain(outcome, trial, fault, isHopeless(fault));
            return;
        }
        try {
            var _ =
                    calls.producer.send(
                            event,
                            (_, fault) -> {
                                if (fault == null) {
                                    acknowledged();
                                } else {
                                    notPublished(outcome, trial, fault);
                                }
                            });
        } catch (RuntimeException fault) {
            notPublished(outcome, trial, fault);
        }
    }

    private void notPublished(Outcome<R> outcome, int trial, Exception fault) {
        publishAgain(outcome, trial, fault, isHopeless(fault));
    }

    /** Only what says so of itself: a registry that is out throws all kinds of exceptions. */
    private static boolean isHopeless(Throwable fault) {
        return fault instanceof UnwritableResult || fault instanceof RecordTooLargeException;
    }

    /**
     * @param hopeless whether this event can never be published, so that a reply turns into a
     *     failure; a failure has no other way to end and is tried for ever
     */
    private void publishAgain(Outcome<R> outcome, int trial, Throwable fault, boolean hopeless) {
        if (calls.isClosed()) {
            acknowledged();
            return;
        }
        calls.meters.publishRetried();
        if (trial == 1) {
            LOG.warn("Event of effect {} not published, tried on: {}", id, nameOf(fault));
        }
        Outcome<R> next = outcome;
        if (hopeless && outcome instanceof Outcome.Reply<R>) {
            countFailure(fault);
            next = new Outcome.Fault<>(fault);
        }
        Outcome<R> again = next;
        // Not on this thread: it may be the producer's own.
        startThread(() -> {
            try {
                Thread.sleep(Duration.ofMillis(Calls.PUBLISH_BACKOFF.apply(trial)));
                publish(again, trial + 1);
            } catch (InterruptedException _) {
                acknowledged();
            }
        });
    }

    private void countFailure(Throwable cause) {
        calls.meters.failed();
        LOG.warn("Effect {} failed, attempt {}: {}", id, attempt, nameOf(cause));
    }

    /** Only Kafka's own messages are known to hold nothing that must not be in a log. */
    private static String nameOf(Throwable fault) {
        return fault instanceof ApiException ? fault.toString() : fault.getClass().getName();
    }

    /** Nothing is left to be published: the event is on the log, or nobody waits for it. */
    private void acknowledged() {
        if (state.compareAndSet(State.PUBLISHING, State.ENDED)) {
            ended();
        }
    }

    private void ended() {
        slot.release();
        runs.ended(this);
    }

    /**
     * The effect's event has been read from the log, this run's or another's. Either way this run
     * has nothing more to give: read back is as good as acknowledged, and a call that still runs is
     * outrun.
     */
    void outcomeRead() {
        acknowledged();
        drop();
    }

    /**
     * Interrupts the call and forgets its result.
     *
     * @return false if the call is over and its event is being published
     */
    boolean drop() {
        if (!state.compareAndSet(State.CALLING, State.DROPPED)) {
            return false;
        }
        interrupt();
        return true;
    }

    /** Shutdown: neither the call nor the publishing goes on. */
    void abandon() {
        if (!drop() && state.get() == State.PUBLISHING) {
            interrupt();
        }
    }

    private void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    boolean isOver() {
        State now = state.get();
        return now == State.ENDED || now == State.DROPPED;
    }
}
