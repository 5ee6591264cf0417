package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.runner.battle.BattleId;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what can be worked with and dead-letters the rest. A record that made the stream thread
 * throw would be read again and again, and all battles would wait for it.
 */
final class Intake {

    /** A refusal carries the id that it refuses, if that is not longer than this. */
    private static final int MAX_ID = 200;

    private final DeadLetterSink deadLetters;

    Intake(DeadLetterSink deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Whether the record may be worked with; if not, it has been dead-lettered. */
    boolean admits(Record<String, SpecificRecord> record) {
        Optional<String> objection = objection(record.key(), record.value());
        objection.ifPresent(cause -> deadLetters.put(record, cause));
        return objection.isEmpty();
    }

    /** What speaks against a record; a bad request is let in where it can be answered. */
    static Optional<String> objection(@Nullable String key, @Nullable SpecificRecord value) {
        return switch (value) {
            case null -> Optional.of("the record has no value");
            case BattleRequested asked ->
                    key(key, asked.getBattleId())
                            .or(() ->
                                    asked.getBattleId().length() <= MAX_ID
                                            ? Optional.empty()
                                            : Optional.of("the battle's id is too long"));
            case BattleCancelRequested asked -> id(key, asked.getBattleId());
            case TurnProduced turn ->
                    id(key, turn.getBattleId())
                            .or(() ->
                                    usage(
                                            turn.getTokensIn(),
                                            turn.getTokensOut(),
                                            turn.getCalls(),
                                            BattleAvro.isMoney(turn.getCostUsd())
                                                    && BattleAvro.isMoneyOrNull(
                                                            turn.getUnsettledUsd())));
            case VerdictIssued verdict ->
                    id(key, verdict.getBattleId())
                            .or(() ->
                                    usage(
                                            verdict.getTokensIn(),
                                            verdict.getTokensOut(),
                                            0,
                                            BattleAvro.isMoney(verdict.getCostUsd())
                                                    && BattleAvro.isMoneyOrNull(
                                                            verdict.getUnsettledUsd())));
            default -> Optional.of("nothing of this kind is read here");
        };
    }

    private static Optional<String> id(@Nullable String key, String battleId) {
        return key(key, battleId)
                .or(() ->
                        BattleId.isValid(battleId)
                                ? Optional.empty()
                                : Optional.of("the battle's id is no UUID"));
    }

    private static Optional<String> key(@Nullable String key, String battleId) {
        return battleId.equals(key)
                ? Optional.empty()
                : Optional.of("the record's key is not the battle's id");
    }

    private static Optional<String> usage(long in, long out, long calls, boolean money) {
        return in >= 0 && out >= 0 && calls >= 0 && money
                ? Optional.empty()
                : Optional.of("what it used is negative or beyond all bounds");
    }
}
