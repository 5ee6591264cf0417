package dev.battlestream.report.archive.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.adapter.EventAvro;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.adapter.RunAvro;
import dev.battlestream.report.scale.adapter.RunIds;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.RegistryOutage;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records as what the archive keeps of them. */
final class ArchiveIntake {

    private static final Logger log = LoggerFactory.getLogger(ArchiveIntake.class);

    /** The topics that the archive is filled from. */
    private static final List<Topic<? extends SpecificRecord>> TOPICS =
            List.of(
                    Topics.BATTLE_REQUESTS,
                    Topics.BATTLE_TURNS,
                    Topics.BATTLE_VERDICTS,
                    Topics.BATTLE_OUTCOMES,
                    Topics.BATTLE_DELETIONS,
                    Topics.SCALE_REQUESTS,
                    Topics.SCALE_MEMBERS,
                    Topics.SCALE_OUTCOMES);

    /** What a record comes to. */
    private sealed interface Reading {

        record Said(Fact fact) implements Reading {}

        record Dropped(ArchiveMeters.Drop reason) implements Reading {}
    }

    private final Map<String, Deserializer<? extends SpecificRecord>> deserializers;
    private final ArchiveMeters meters;

    ArchiveIntake(EventSerdes serdes, ArchiveMeters meters) {
        this.deserializers =
                TOPICS.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Topic::name, topic -> serdes.values(topic).deserializer()));
        this.meters = meters;
    }

    /** The topics that the archive is filled from. */
    List<String> topics() {
        return TOPICS.stream().map(Topic::name).toList();
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
            switch (read(record)) {
                case Reading.Said(Fact fact) -> facts.add(fact);
                case Reading.Dropped(var reason) -> dropped.add(reason);
            }
        }
        // Not before all are read: an outage has the whole batch read again.
        dropped.forEach(reason -> meters.dropped(reason, 1));
        return facts;
    }

    private Reading read(ConsumerRecord<String, byte[]> record) {
        Deserializer<? extends SpecificRecord> deserializer = deserializers.get(record.topic());
        if (deserializer == null || record.value() == null) {
            return new Reading.Dropped(ArchiveMeters.Drop.UNREADABLE);
        }
        try {
            return said(
                    record,
                    deserializer.deserialize(record.topic(), record.headers(), record.value()));
        } catch (RuntimeException e) {
            if (RegistryOutage.causes(e)) {
                throw new RegistryAwayException(e);
            }
            // Without its message, which may quote the bytes.
            log.warn(
                    "unreadable record not archived topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getClass().getName());
            return new Reading.Dropped(ArchiveMeters.Drop.UNREADABLE);
        }
    }

    private static Reading said(ConsumerRecord<String, byte[]> record, SpecificRecord value) {
        boolean ofRun =
                value instanceof ScaleRunRequested
                        || value instanceof RunMemberChanged
                        || value instanceof ScaleRunEnded;
        String name = ofRun ? RunAvro.runId(value) : EventAvro.battleId(value);
        UUID id = canonical(name);
        if (id == null || !name.equals(record.key())) {
            return new Reading.Dropped(ArchiveMeters.Drop.BAD_KEY);
        }
        return ofRun
                ? ofRun(
                        id,
                        value,
                        new Run.AsOf(record.topic(), record.partition(), record.offset() + 1))
                : new Reading.Said(ofBattle(id, value));
    }

    private static Reading ofRun(UUID id, SpecificRecord value, Run.AsOf asOf) {
        RunEvent event = RunAvro.event(value, asOf.offset());
        DropReason refused =
                event instanceof RunEvent.OfMember member
                        ? RunIds.refuse(id.toString(), member)
                        : null;
        if (refused != null) {
            return new Reading.Dropped(ArchiveMeters.Drop.valueOf(refused.name()));
        }
        return new Reading.Said(
                switch (event) {
                    case RunEvent.Requested asked ->
                            new Fact.RunAsked(
                                    id,
                                    asked.requestedAt(),
                                    client(value),
                                    asked.specification(),
                                    asOf);
                    case RunEvent.Launched launched -> new Fact.MemberLaunched(id, launched, asOf);
                    case RunEvent.MemberEnded ended -> new Fact.MemberFinished(id, ended, asOf);
                    case RunEvent.Ended ended -> finished(id, (ScaleRunEnded) value, ended, asOf);
                });
    }

    private static Fact finished(
            UUID id, ScaleRunEnded record, RunEvent.Ended ended, Run.AsOf asOf) {
        return new Fact.RunFinished(
                id,
                ended.ending(),
                record.getRunCount(),
                record.getGoals(),
                record.getCostUsd(),
                record.getUnsettledUsd(),
                record.getClientId(),
                asOf);
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
                            asked.messageLimit(),
                            asked.runId());
            case BattleEvent.Played(var message) -> new Fact.Played(id, message);
            case BattleEvent.Judged(var verdict) -> new Fact.Judged(id, verdict);
            case BattleEvent.Ended ended ->
                    new Fact.Finished(id, ended.ending(), ended.used(), client(value));
            case BattleEvent.Deleted deleted ->
                    new Fact.Deleted(id, deleted.requestedAt(), client(value));
        };
    }

    private static @Nullable String client(SpecificRecord value) {
        return switch (value) {
            case BattleRequested requested -> requested.getClientId();
            case BattleEnded ended -> ended.getClientId();
            case BattleDeletionRequested deletion -> deletion.getClientId();
            case ScaleRunRequested requested -> requested.getClientId();
            default -> null;
        };
    }

    /** The id in the only form that is known over HTTP; in another one it is another's. */
    static @Nullable UUID canonical(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
