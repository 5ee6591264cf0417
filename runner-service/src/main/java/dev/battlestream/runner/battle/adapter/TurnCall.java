package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.runner.battle.Speaker;
import java.time.Instant;
import java.util.Map;

/**
 * All that a call for a message needs, taken from the stores when it is dispatched.
 *
 * @param correlation headers of the record that caused it
 */
record TurnCall(
        String battleId,
        int seq,
        int turn,
        Speaker speaker,
        int attempt,
        ChatRequest request,
        String goal,
        JudgingPolicy judging,
        Map<String, String> correlation,
        Instant dispatchedAt) {}
