package dev.battlestream.report.archive.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.adapter.EventAvro;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.adapter.RunAvro;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.RegistryOutage;
import dev.battlestream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records of requests and outcomes as what the archive keeps of them. */
final class ArchiveIntake {

    private static final Logger log = LoggerFactory.getLogger(ArchiveIntake.class);

    private final Map<String, Deserializer<? extends SpecificRecord>> deserializers;
    private final ArchiveMeters meters;

    ArchiveIntake(EventSerdes serdes, ArchiveMeters meters) {
        this.deserializers =
                Map.of(
                        Topics.BATTLE_REQUESTS.name(),
                        serdes.values(Topics.BATTLE_REQUESTS).deserializer(),
                        Topics.BATTLE_OUTCOMES.name(),
                        serdes.values(Topics.BATTLE_OUTCOMES).deserializer(),
                        Topics.SCALE_REQUESTS.name(),
                        serdes.values(Topics.SCALE_REQUESTS).deserializer(),
                        Topics.SCALE_OUTCOMES.name(),
                        serdes.values(Topics.SCALE_OUTCOMES).deserializer());
        this.meters = meters;
    }

    /** The topics that the archive is filled from. */
    List<String> topics() {
        return List.copyOf(deserializers.keySet());
    }

    /**
     * What the records say; those that say nothing are counted.
     *
     * @throws RegistryAwayException if that cannot be told now
     */
    List<Fact> facts(Iterable<ConsumerRecord<String, byte[]>> records) {
        List<Fact> facts = new ArrayList<>();
        List<ArchiveMeters.Drop> dropped = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            SpecificRecord value = decoded(record);
            Fact fact = value == null ? null : fact(record.key(), value);
            if (fact != null) {
                facts.add(fact);
            } else {
                dropped.add(
                        value == null ? ArchiveMeters.Drop.UNREADABLE : ArchiveMeters.Drop.BAD_KEY);
            }
        }
        // Not before all are read: an outage has the whole batch read again.
        dropped.forEach(reason -> meters.dropped(reason, 1));
        return facts;
    }

    private @Nullable SpecificRecord decoded(ConsumerRecord<String, byte[]> record) {
        Deserializer<? extends SpecificRecord> deserializer = deserializers.get(record.topic());
        if (deserializer == null || record.value() == null) {
            return null;
        }
        try {
            return deserializer.deserialize(record.topic(), record.headers(), record.value());
        } catch (RuntimeException e) {
            if (RegistryOutage.causes(e)) {
                throw new RegistryAwayException(e);
            }
            // Without its message, which may quote the bytes.
            log.warn(
                    "undecodable record not archived topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getClass().getName());
            return null;
        }
    }

    private static @Nullable Fact fact(@Nullable String key, SpecificRecord value) {
        String name = name(value);
        UUID id = canonical(name);
        if (id == null || !name.equals(key)) {
            return null;
        }
        return switch (value) {
            case ScaleRunRequested requested -> asked(id, requested);
            case ScaleRunEnded ended ->
                    new Fact.RunFinished(
                            id,
                            RunAvro.ending(ended),
                            ended.getRunCount(),
                            ended.getGoals(),
                            ended.getCostUsd(),
                            ended.getUnsettledUsd(),
                            ended.getClientId());
            default -> ofBattle(id, value);
        };
    }

    /** The battle or run that a record speaks of. */
    private static String name(SpecificRecord value) {
        return switch (value) {
            case ScaleRunRequested _, ScaleRunEnded _ -> RunAvro.runId(value);
            default -> EventAvro.battleId(value);
        };
    }

    private static Fact asked(UUID id, ScaleRunRequested requested) {
        RunEvent.Requested asked = RunAvro.requested(requested);
        RunSpecification specification = asked.specification();
        return new Fact.RunAsked(
                id,
                asked.requestedAt(),
                requested.getClientId(),
                specification.agentId(),
                specification.model(),
                specification.digest(),
                specification.runCount());
    }

    private static Fact ofBattle(UUID id, SpecificRecord value) {
        return switch (EventAvro.event(value)) {
            case BattleEvent.Requested asked ->
                    new Fact.Asked(
                            id,
                            asked.requestedAt(),
                            client(value),
                            asked.agentId(),
                            asked.model(),
                            asked.runId());
            case BattleEvent.Ended ended ->
                    new Fact.Finished(id, ended.ending(), ended.used(), client(value));
            case BattleEvent.Played _, BattleEvent.Judged _ ->
                    throw new IllegalStateException(
                            "the archive does not read " + value.getSchema().getName());
        };
    }

    private static @Nullable String client(SpecificRecord value) {
        return switch (value) {
            case BattleRequested requested -> requested.getClientId();
            case BattleEnded ended -> ended.getClientId();
            default -> null;
        };
    }

    /** The id in the only form that is known over HTTP; in another one it is another's. */
    private static @Nullable UUID canonical(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
