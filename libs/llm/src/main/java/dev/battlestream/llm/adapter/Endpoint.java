package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Tokens;
import java.time.Duration;
import java.util.List;

/**
 * One model of one provider, with all that stands before it: its circuit, its own limits and those
 * of its provider. Makes single attempts.
 *
 * @param gates entered in this order
 */
record Endpoint(
        ChatProvider provider,
        List<Gate> gates,
        Circuit circuit,
        CallMeters meters,
        Timepiece timepiece) {

    /** For limits only: characters that make one token. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** For limits only: tokens around one message. */
    private static final int TOKENS_PER_MESSAGE = 4;

    Endpoint {
        gates = List.copyOf(gates);
    }

    /**
     * A success.
     *
     * @param latency of the provider alone
     */
    record Attempted(ProviderReply reply, Duration latency) {}

    /**
     * @param patience how long it may wait for a place at most
     */
    Attempted attempt(ChatRequest request, int attempt, Duration patience, ChatListener listener)
            throws ModelException, InterruptedException {
        circuit.check(request.model());
        long expected = expectedTokens(request.messages());
        int entered = enter(request, expected, patience);
        try {
            circuit.acquire(request.model());
            Attempted attempted = ask(request, attempt, listener);
            long real = realTokens(attempted.reply(), expected);
            gates.forEach(gate -> gate.settle(expected, real));
            return attempted;
        } finally {
            leave(entered);
        }
    }

    private Attempted ask(ChatRequest request, int attempt, ChatListener listener)
            throws ModelException, InterruptedException {
        long start = timepiece.nanoTime();
        boolean known = false;
        try {
            ProviderReply reply = provider.chat(request, attempt, listener);
            Duration latency = timepiece.since(start);
            known = true;
            circuit.succeeded(latency);
            meters.answered(request.model(), latency);
            return new Attempted(reply, latency);
        } catch (ModelException failure) {
            Duration latency = timepiece.since(start);
            known = true;
            circuit.failed(failure, latency);
            meters.failed(request.model(), failure.kind(), latency);
            throw failure;
        } finally {
            if (!known) {
                circuit.abandoned();
            }
        }
    }

    /** Through all the gates, or through none. */
    private int enter(ChatRequest request, long expected, Duration patience)
            throws ModelException, InterruptedException {
        long begin = timepiece.nanoTime();
        int entered = 0;
        boolean through = false;
        try {
            for (Gate gate : gates) {
                gate.enter(expected, patience.minus(timepiece.since(begin)));
                entered++;
            }
            through = true;
            return entered;
        } catch (Gate.Full full) {
            meters.turnedAway(request.model(), String.valueOf(full.getMessage()));
            throw new ModelException(
                    Kind.RATE_LIMITED,
                    "%s is not asked: its limit %s leaves no place in time"
                            .formatted(request.model(), full.getMessage()),
                    null,
                    0,
                    null);
        } finally {
            meters.waited(request.model(), timepiece.since(begin));
            if (!through) {
                leave(entered);
            }
        }
    }

    private void leave(int entered) {
        gates.subList(0, entered).forEach(Gate::leave);
    }

    /** An estimate that is right for English; what it misses is settled afterwards. */
    private static long expectedTokens(List<ChatMessage> messages) {
        return messages.stream().mapToLong(m -> TOKENS_PER_MESSAGE + estimated(m.content())).sum();
    }

    private static long realTokens(ProviderReply reply, long expected) {
        Tokens tokens = reply.tokens();
        return tokens.equals(Tokens.UNKNOWN)
                ? expected + estimated(reply.text())
                : (long) tokens.in() + tokens.out();
    }

    private static long estimated(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
    }
}
