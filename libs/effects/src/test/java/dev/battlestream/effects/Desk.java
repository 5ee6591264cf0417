package dev.battlestream.effects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** An effect whose calls lie on a desk until the test answers them. */
final class Desk implements Effect<String, Desk.Ask, String> {

    static final String RESULTS = "results";

    /** What a call is given. */
    record Ask(EffectId id, int attempt, String payload) {}

    /** One call that was made. */
    static final class Call {

        final Ask ask;
        final int trial;
        volatile boolean interrupted;
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        Call(Ask ask, int trial) {
            this.ask = ask;
            this.trial = trial;
        }

        void answer(String reply) {
            answer.complete(reply);
        }

        void fail(Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<EffectId, Call> open = new ConcurrentHashMap<>();

    /** How events are made; a test may put faults here. */
    volatile Function<String, String> resultText = text -> text;

    volatile Runnable beforeReturn = () -> {};

    volatile Function<String, String> failureText = text -> text;

    @Override
    public String type() {
        return "desk";
    }

    @Override
    public Serde<String> payload() {
        return Serdes.String();
    }

    @Override
    public String run(Ask ask, EffectCall call) throws Exception {
        Call made = new Call(ask, call.trial());
        calls.add(made);
        open.put(ask.id(), made);
        try {
            String reply = made.answer.get();
            beforeReturn.run();
            return reply;
        } catch (InterruptedException e) {
            made.interrupted = true;
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) Objects.requireNonNull(e.getCause());
        } finally {
            open.remove(ask.id(), made);
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(Ask ask, String reply) {
        return event(ask, resultText.apply(reply));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(Ask ask, Throwable fault) {
        return event(ask, failureText.apply("failed: " + fault.getMessage()));
    }

    private static ProducerRecord<byte[], byte[]> event(Ask ask, String text) {
        return new ProducerRecord<>(
                RESULTS,
                ask.id().key().getBytes(UTF_8),
                (ask.id().name() + "=" + text).getBytes(UTF_8));
    }

    /** All calls so far, trials included. */
    List<Call> calls() {
        return calls;
    }

    long callsOf(EffectId id) {
        return calls.stream().filter(call -> call.ask.id().equals(id)).count();
    }

    @Nullable Call openCall(EffectId id) {
        return open.get(id);
    }

    List<Call> open() {
        return List.copyOf(open.values());
    }

    /** Calls whose thread is still at work for a reason: neither answered nor interrupted. */
    long unanswered() {
        return calls.stream().filter(call -> !call.interrupted && !call.answer.isDone()).count();
    }

    int openCalls() {
        return open.size();
    }

    /** Waits for a running call of the effect. */
    Call awaitCall(EffectId id) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> openCall(id), Objects::nonNull);
    }
}
