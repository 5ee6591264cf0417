package dev.battlestream.runner.scale.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Usage;
import dev.battlestream.runner.battle.BattleId;
import dev.battlestream.runner.battle.adapter.BattleAvro;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What speaks against a record of a run; a bad request is let in where it can be answered. */
final class ScaleIntake {

    /** A refusal carries the id that it refuses, if that is not longer than this. */
    private static final int MAX_ID = 200;

    private ScaleIntake() {}

    static Optional<String> objection(@Nullable String key, @Nullable SpecificRecord value) {
        return switch (value) {
            case null -> Optional.of("the record has no value");
            case ScaleRunRequested asked ->
                    key(key, asked.getRunId())
                            .or(() ->
                                    asked.getRunId().length() <= MAX_ID
                                            ? Optional.empty()
                                            : Optional.of("the run's id is too long"));
            case ScaleRunCancelRequested asked -> id(key, asked.getRunId());
            case RunMemberChanged member -> id(key, member.getRunId()).or(() -> member(member));
            default -> Optional.of("nothing of this kind is read here");
        };
    }

    private static Optional<String> member(RunMemberChanged member) {
        if (member.getIndex() < 1
                || !ScaleAvro.memberId(member.getRunId(), member.getIndex())
                        .equals(member.getBattleId())) {
            return Optional.of("the battle is not the run's member of this index");
        }
        BattleEnded outcome = member.getOutcome();
        boolean sane =
                outcome == null
                        || (BattleAvro.isMoneyOrNull(outcome.getUnsettledUsd())
                                && Stream.of(
                                                outcome.getAgentUsage(),
                                                outcome.getOpponentUsage(),
                                                outcome.getJudgeUsage())
                                        .map(Usage::getCostUsd)
                                        .allMatch(BattleAvro::isMoney));
        return sane
                ? Optional.empty()
                : Optional.of("what it used is negative or beyond all bounds");
    }

    private static Optional<String> id(@Nullable String key, String runId) {
        return key(key, runId)
                .or(() ->
                        BattleId.isCanonical(runId)
                                ? Optional.empty()
                                : Optional.of("the run's id is no UUID in lower case"));
    }

    private static Optional<String> key(@Nullable String key, String runId) {
        return runId.equals(key)
                ? Optional.empty()
                : Optional.of("the record's key is not the run's id");
    }
}
