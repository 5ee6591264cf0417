package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.EffectId;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.runner.battle.Allowance;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a call for a message needs, taken from the stores when it is dispatched.
 *
 * @param stopWords texts that end the battle when this message contains one
 * @param allowance what every dispatch of it together may cost
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
        List<String> stopWords,
        Allowance allowance,
        Map<String, String> correlation,
        Instant dispatchedAt) {

    /** On the stream thread, when the call is dispatched. */
    static TurnCall of(
            BattleStores stores, EffectId id, int attempt, StoredPendingTurn pending, Instant now) {
        String battleId = id.key();
        BattleRequested request = stores.request(battleId);
        Speaker speaker = Speaker.valueOf(pending.getSpeaker());
        String model =
                switch (speaker) {
                    case AGENT -> request.getModel();
                    case OPPONENT -> request.getOpponent().getModel();
                };
        ChatRequest chat =
                new ChatRequest(
                        ModelReference.parse(model),
                        Conversation.seenBy(
                                speaker,
                                request,
                                stores.messagesBefore(battleId, pending.getSeq())),
                        request.getMaxTokensPerTurn(),
                        request.getTemperature(),
                        battleId,
                        request.getSeed());
        return new TurnCall(
                battleId,
                pending.getSeq(),
                pending.getTurn(),
                speaker,
                attempt,
                chat,
                request.getGoal(),
                request.getJudging(),
                speaker == Speaker.OPPONENT ? request.getOpponent().getStopWords() : List.of(),
                new Allowance(
                        Optional.ofNullable(pending.getLeftUsd()),
                        BattleAvro.orZero(pending.getJudgingUsd())),
                Map.copyOf(pending.getHeaders()),
                now);
    }
}
