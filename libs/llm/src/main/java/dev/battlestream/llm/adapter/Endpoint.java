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
 * <p>An attempt that is not made takes nothing of any limit. One that reached the provider counts
 * for its tokens however it ended, because its provider may count it too: for those told or, as far
 * as none are, for an estimate of the request and of what was heard of the reply.
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
        enter(request, expected, patience);
        try {
            circuit.acquire(request.model());
        } catch (ModelException atRest) {
            gates.forEach(gate -> gate.withdraw(expected));
            throw atRest;
        }
        try {
            return ask(request, attempt, expected, new Heard(listener));
        } finally {
            gates.forEach(Gate::leave);
        }
    }

    private Attempted ask(ChatRequest request, int attempt, long expected, Heard heard)
            throws ModelException, InterruptedException {
        long start = timepiece.nanoTime();
        boolean known = false;
        try {
            ProviderReply reply = provider.chat(request, attempt, heard);
            Duration latency = timepiece.since(start);
            known = true;
            circuit.succeeded(latency);
            meters.answered(request.model(), latency);
            settle(expected, usedTokens(reply, expected));
            return new Attempted(reply, latency);
        } catch (ModelException failure) {
            Duration latency = timepiece.since(start);
            known = true;
            circuit.failed(failure, latency);
            meters.failed(request.model(), failure.kind(), latency);
            if (failure.calls() > 0) {
                settle(expected, expected + heard.tokens());
            }
            throw failure;
        } finally {
            if (!known) {
                circuit.abandoned();
                settle(expected, expected + heard.tokens());
            }
        }
    }

    private void settle(long expected, long used) {
        gates.forEach(gate -> gate.settle(expected, used));
    }

    /** Through all the gates, or through none. */
    private void enter(ChatRequest request, long expected, Duration patience)
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
                gates.subList(0, entered).forEach(gate -> gate.withdraw(expected));
            }
        }
    }

    /** An estimate that is right for English; what it misses is settled afterwards. */
    private static long expectedTokens(List<ChatMessage> messages) {
        return messages.stream()
                .mapToLong(m -> TOKENS_PER_MESSAGE + estimated(m.content().length()))
                .sum();
    }

    /** What the provider does not tell is estimated. */
    private static long usedTokens(ProviderReply reply, long expected) {
        Tokens told = reply.tokens();
        return (told.in() > 0 ? told.in() : expected)
                + (told.out() > 0 ? told.out() : estimated(reply.text().length()));
    }

    private static long estimated(long characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }

    /**
     * Passes a reply on and keeps its length, which is all that is known of one that breaks off.
     */
    private static final class Heard implements ChatListener {

        private final ChatListener listener;
        private long characters;

        Heard(ChatListener listener) {
            this.listener = listener;
        }

        @Override
        public void delta(String text) {
            characters += text.length();
            listener.delta(text);
        }

        @Override
        public void retrying(int failedAttempt, ModelException cause, Duration wait) {
            listener.retrying(failedAttempt, cause, wait);
        }

        long tokens() {
            return estimated(characters);
        }
    }
}
