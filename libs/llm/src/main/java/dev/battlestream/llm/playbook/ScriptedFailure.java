package dev.battlestream.llm.playbook;

import dev.battlestream.llm.ModelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that fails. It depends on nothing but the call itself, so a call repeated after a crash
 * meets the same failures again.
 *
 * @param turn the turn that fails, from 1; every one if absent
 * @param attempt the attempt within a call that fails, from 1; every one if absent
 * @param detail what the provider "said"
 * @param afterDeltas pieces of the reply that still arrive, 0 or more
 * @param retryAfter what the provider asks to wait, if it does
 */
public record ScriptedFailure(
        @Nullable Integer turn,
        @Nullable Integer attempt,
        ModelException.Kind kind,
        String detail,
        int afterDeltas,
        @Nullable Duration retryAfter) {

    boolean strikes(int askedTurn, int askedAttempt) {
        return (turn == null || turn == askedTurn) && (attempt == null || attempt == askedAttempt);
    }
}
