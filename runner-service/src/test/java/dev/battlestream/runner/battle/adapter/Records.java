package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.EventSerdes;
import java.math.BigDecimal;
import java.time.Instant;

/** Records as other systems publish them. */
final class Records {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static {
        EventSerdes.trustOwnRecords();
    }

    private Records() {}

    static BattleRequested request(String battleId, String model) {
        return BattleRequested.newBuilder()
                .setBattleId(battleId)
                .setRequestedAt(NOW)
                .setModel(model)
                .setGoal("reach it")
                .build();
    }

    static VerdictIssued verdict(String battleId, int turn, Verdict verdict) {
        return VerdictIssued.newBuilder()
                .setBattleId(battleId)
                .setTurn(turn)
                .setSeq(turn)
                .setVerdict(verdict)
                .setDecidedBy(JudgeStage.FAST)
                .setCostUsd(BigDecimal.ZERO.setScale(9))
                .setIssuedAt(NOW)
                .build();
    }

    static BattleCancelRequested cancel(String battleId) {
        return BattleCancelRequested.newBuilder()
                .setBattleId(battleId)
                .setReason(CancelReason.MANUAL)
                .setRequestedAt(NOW)
                .build();
    }
}
