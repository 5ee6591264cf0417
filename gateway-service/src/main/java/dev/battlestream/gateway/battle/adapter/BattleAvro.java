package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Plateau;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.schemas.ValidatorRecords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Between what is asked here and the events of the contract. */
public final class BattleAvro {

    /** Decimal places of money in events. */
    private static final int MONEY_SCALE = 9;

    private static final UUID NOBODY = new UUID(0, 0);

    private BattleAvro() {}

    public static BattleRequested requested(UUID id, StartBattle start, String client, Instant at) {
        return BattleRequested.newBuilder()
                .setBattleId(id.toString())
                .setRequestedAt(at.truncatedTo(ChronoUnit.MICROS))
                .setClientId(client)
                .setAgentId(start.agentId())
                .setModel(start.model())
                .setSystemPrompt(start.systemPrompt())
                .setGoal(start.goal())
                .setOpening(start.opening().stream().map(BattleAvro::opening).toList())
                .setOpponent(start.opponent().map(BattleAvro::opponent).orElse(null))
                .setMessageLimit(start.messageLimit())
                .setMaxTokensPerTurn(start.maxTokensPerTurn().orElse(null))
                .setTemperature(start.temperature().orElse(null))
                .setSeed(start.seed().orElse(null))
                .setBudgetUsd(start.budgetUsd().map(BattleAvro::money).orElse(null))
                .setTimeoutSeconds(start.timeoutSeconds())
                .setJudging(judging(start.judging()))
                .setLabels(start.labels())
                .setRunId(null)
                .build();
    }

    static BattleCancelRequested cancelRequested(
            UUID id, CancelReason reason, String client, Instant at) {
        return BattleCancelRequested.newBuilder()
                .setBattleId(id.toString())
                .setReason(reason)
                .setClientId(client)
                .setRequestedAt(at.truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    static BattleDeletionRequested deletionRequested(UUID id, String client, Instant at) {
        return BattleDeletionRequested.newBuilder()
                .setBattleId(id.toString())
                .setRequestedAt(at.truncatedTo(ChronoUnit.MICROS))
                .setClientId(client)
                .build();
    }

    /** The same for two requests that ask for the same, whoever asks and when. */
    static String fingerprint(StartBattle start) {
        return JobRequest.BATTLE.fingerprint(requested(NOBODY, start, "", Instant.EPOCH));
    }

    /** As events have it. */
    public static BigDecimal money(BigDecimal usd) {
        return usd.setScale(MONEY_SCALE);
    }

    private static OpeningMessage opening(StartBattle.Opening opening) {
        return OpeningMessage.newBuilder()
                .setRole(
                        switch (opening.role()) {
                            case USER -> OpeningRole.USER;
                            case AGENT -> OpeningRole.AGENT;
                        })
                .setContent(opening.content())
                .build();
    }

    private static Opponent opponent(StartBattle.Opponent opponent) {
        return Opponent.newBuilder()
                .setModel(opponent.model())
                .setSystemPrompt(opponent.systemPrompt())
                .setStopWords(opponent.stopWords())
                .build();
    }

    private static JudgingPolicy judging(StartBattle.Judging judging) {
        return JudgingPolicy.newBuilder()
                .setValidators(judging.validators().stream().map(ValidatorRecords::record).toList())
                .setCombine(ValidatorRecords.combination(judging.combine()))
                .setFast(judging.fast().map(BattleAvro::judge).orElse(null))
                .setStrong(judging.strong().map(BattleAvro::judge).orElse(null))
                .setPlateau(judging.plateauTurns().map(Plateau::new).orElse(null))
                .build();
    }

    private static ModelJudge judge(StartBattle.ModelJudge judge) {
        return ModelJudge.newBuilder().setModel(judge.model()).setRubric(judge.rubric()).build();
    }
}
