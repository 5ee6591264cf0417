package dev.battlestream.local.check.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Failure;
import dev.battlestream.events.StageVerdict;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Usage;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.local.check.Fields;
import dev.battlestream.local.check.InRange;
import dev.battlestream.local.check.LogEvent;
import dev.battlestream.local.check.Spend;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the records of battles say, as the interface shows it. */
final class BattleAvro {

    private BattleAvro() {}

    static String battleId(SpecificRecord record) {
        return switch (record) {
            case BattleRequested asked -> asked.getBattleId();
            case TurnProduced played -> played.getBattleId();
            case VerdictIssued judged -> judged.getBattleId();
            case BattleEnded ended -> ended.getBattleId();
            default ->
                    throw new IllegalStateException("no record of a battle: " + record.getSchema());
        };
    }

    static LogEvent event(SpecificRecord record) {
        return switch (record) {
            case BattleRequested asked ->
                    new LogEvent.Asked(asked.getAgentId(), asked.getModel(), asked.getRunId());
            case TurnProduced played ->
                    new LogEvent.Played(
                            played.getSeq(),
                            played.getFailure() != null,
                            played.getModel(),
                            message(played));
            case VerdictIssued judged -> new LogEvent.Judged(judged.getTurn(), verdict(judged));
            case BattleEnded ended ->
                    new LogEvent.Ended(
                            InRange.count(ended.getMessageCount()),
                            InRange.count(ended.getVerdictCount()),
                            ended.getRunId(),
                            figures(ended));
            default ->
                    throw new IllegalStateException("no record of a battle: " + record.getSchema());
        };
    }

    private static Fields message(TurnProduced played) {
        return new Fields.Builder()
                .number("seq", played.getSeq())
                .number("turn", played.getTurn())
                .text("role", name(played.getSpeaker()))
                .text("content", played.getContent())
                .number("tokensIn", played.getTokensIn())
                .number("tokensOut", played.getTokensOut())
                .money("costUsd", InRange.money(played.getCostUsd()))
                .text("model", played.getModel())
                .text("answeredBy", played.getAnsweredBy())
                .number("latencyMs", InRange.millis(played.getLatencyMs()))
                .time("createdAt", InRange.time(played.getProducedAt()))
                .build();
    }

    private static Fields verdict(VerdictIssued judged) {
        return new Fields.Builder()
                .number("turn", judged.getTurn())
                .number("seq", judged.getSeq())
                .text("verdict", name(judged.getVerdict()))
                .text("decidedBy", name(judged.getDecidedBy()))
                .share("confidence", judged.getConfidence())
                .texts("criteriaApplied", judged.getCriteriaApplied())
                .text("reason", judged.getReason())
                .text("model", judged.getModel())
                .number("tokensIn", judged.getTokensIn())
                .number("tokensOut", judged.getTokensOut())
                .money("costUsd", InRange.money(judged.getCostUsd()))
                .number("latencyMs", InRange.millis(judged.getLatencyMs()))
                .time("createdAt", InRange.time(judged.getIssuedAt()))
                .share("progress", InRange.share(judged.getProgress()))
                .parts("stages", judged.getStages().stream().map(BattleAvro::stage).toList())
                .build();
    }

    private static Fields stage(StageVerdict said) {
        return new Fields.Builder()
                .text("stage", name(said.getStage()))
                .text("verdict", name(said.getVerdict()))
                .share("confidence", said.getConfidence())
                .text("reason", said.getReason())
                .text("model", said.getModel())
                .number("tokensIn", said.getTokensIn())
                .number("tokensOut", said.getTokensOut())
                .money("costUsd", InRange.money(said.getCostUsd()))
                .number("latencyMs", InRange.millis(said.getLatencyMs()))
                .texts("criteriaApplied", said.getCriteria())
                .text("promptVersion", said.getPromptVersion())
                .number("attempt", said.getAttempt())
                .share("progress", InRange.share(said.getProgress()))
                .text("answeredBy", said.getAnsweredBy())
                .build();
    }

    private static Fields figures(BattleEnded ended) {
        return new Fields.Builder()
                .text("jobId", ended.getBattleId())
                .text("battleId", ended.getBattleId())
                .text("conversationId", ended.getBattleId())
                .text("state", state(ended.getReason()))
                .number("progress", 1)
                .number("turn", InRange.count(ended.getTurns()))
                .number("messageCount", InRange.count(ended.getMessageCount()))
                .time("lastActivityAt", InRange.time(ended.getEndedAt()))
                .text("endedReason", name(ended.getReason()))
                .part("failure", failure(ended.getFailure()))
                .money("nextCallUsd", InRange.moneyOrNull(ended.getNextCallUsd()))
                .money("unsettledUsd", InRange.moneyOrNull(ended.getUnsettledUsd()))
                .part("usage", usage(ended))
                .time("startedAt", InRange.time(ended.getStartedAt()))
                .time("endedAt", InRange.time(ended.getEndedAt()))
                .build();
    }

    static String state(EndReason reason) {
        return switch (reason) {
            case GOAL, LIMIT, PLATEAU, STOPPED, BUDGET, UNKNOWN -> "completed";
            case ERROR -> "failed";
            case MANUAL -> "canceled";
            case TIMEOUT -> "timeout";
        };
    }

    static Fields failure(@Nullable Failure failure) {
        return failure == null
                ? Fields.NONE
                : new Fields.Builder()
                        .text("class", name(failure.getFailureClass()))
                        .text("detail", failure.getDetail())
                        .build();
    }

    private static Fields usage(BattleEnded ended) {
        Spend agent = spend(ended.getAgentUsage());
        Spend opponent = spend(ended.getOpponentUsage());
        Spend judge = spend(ended.getJudgeUsage());
        Usage strongUsage = ended.getStrongJudgeUsage();
        Fields.Builder roles =
                new Fields.Builder()
                        .part("agent", agent.fields())
                        .part("opponent", opponent.fields())
                        .part("judge", judge.fields());
        if (strongUsage != null) {
            Spend strong = spend(strongUsage);
            roles.part("strongJudge", strong.fields())
                    .part("fastJudge", judge.minus(strong).fields());
        }
        return agent.plus(opponent)
                .plus(judge)
                .sum()
                .and(new Fields.Builder().part("byRole", roles.build()).build());
    }

    static Spend spend(Usage usage) {
        return new Spend(
                usage.getCalls(), usage.getTokensIn(), usage.getTokensOut(), usage.getCostUsd());
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
