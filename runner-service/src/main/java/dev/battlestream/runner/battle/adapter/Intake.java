package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.runner.battle.BattleId;
import dev.battlestream.schemas.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what can be worked with and dead-letters the rest. A record that made the stream thread
 * throw would be read again and again, and all battles would wait for it.
 */
final class Intake {

    /** A refusal carries the id that it refuses, if that is not longer than this. */
    private static final int MAX_ID = 200;

    private final ProcessorContext<Object, Object> context;
    private final BattleMeters meters;
    private final DeadLetterValues deadLetterValues;

    Intake(
            ProcessorContext<Object, Object> context,
            BattleMeters meters,
            DeadLetterValues deadLetterValues) {
        this.context = context;
        this.meters = meters;
        this.deadLetterValues = deadLetterValues;
    }

    /** Whether the record may be worked with; if not, it has been dead-lettered. */
    boolean admits(Record<String, SpecificRecord> record) {
        Optional<String> objection = objection(record.key(), record.value());
        objection.ifPresent(cause -> deadLetter(record, cause));
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

    private void deadLetter(Record<String, SpecificRecord> record, String cause) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        meters.deadLettered();
        String key = record.key();
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>(
                        source.topic(),
                        source.partition(),
                        source.offset(),
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        deadLetterValues.bytes(source.topic(), record.value()));
        record.headers().forEach(read.headers()::add);
        // A letter without a time of its own would be old enough to be deleted at once.
        long at =
                record.timestamp() == RequestTimestamps.NONE
                        ? context.currentSystemTimeMs()
                        : record.timestamp();
        ProducerRecord<byte[], byte[]> letter =
                DeadLetter.letter(read, at, IllegalArgumentException.class.getName(), cause);
        context.forward(
                new Record<Object, Object>(
                        letter.key() == null ? null : key, letter.value(), at, letter.headers()),
                BattleTopology.DEAD_LETTERS);
    }
}
