package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.gateway.battle.BattleIds;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.RegistryOutage;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Frees the slots of battles and runs that ended and settles what they cost. At least once:
 * whatever is thrown here makes the container read the same records again, and a second end of a
 * job changes nothing. A battle that is no job, such as one of a run, is nothing to it: the run's
 * own outcome tells of all its battles.
 */
final class OutcomeReader implements BatchMessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

    private final Jobs jobs;
    private final Deserializer<BattleEnded> battles;
    private final Deserializer<ScaleRunEnded> runs;
    private final EventPublisher publisher;
    private final MeterRegistry meters;

    OutcomeReader(Jobs jobs, EventSerdes serdes, EventPublisher publisher, MeterRegistry meters) {
        this.jobs = jobs;
        this.battles = serdes.values(Topics.BATTLE_OUTCOMES).deserializer();
        this.runs = serdes.values(Topics.SCALE_OUTCOMES).deserializer();
        this.publisher = publisher;
        this.meters = meters;
    }

    /** An outcome, of whatever kind. */
    private record Ended(JobKind kind, String id, JobEnd end) {}

    /** The topics that are read. */
    static String[] topics() {
        return new String[] {Topics.BATTLE_OUTCOMES.name(), Topics.SCALE_OUTCOMES.name()};
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<JobKind, Map<UUID, JobEnd>> ends = new EnumMap<>(JobKind.class);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<Ended> ended = decoded(record);
            ended.flatMap(outcome -> id(outcome.id()))
                    // The first outcome of a battle or run counts.
                    .ifPresent(id ->
                            ends.computeIfAbsent(ended.get().kind(), _ -> new LinkedHashMap<>())
                                    .putIfAbsent(id, ended.get().end()));
        }
        ends.forEach((kind, ofKind) -> {
            int freed = jobs.end(kind, ofKind);
            meters.counter("battlestream.gateway.jobs.ended").increment(freed);
        });
    }

    /** Of an id in the one way that services write it; whatever else is no end of anything. */
    private Optional<UUID> id(String text) {
        Optional<UUID> known = BattleIds.parse(text).filter(id -> id.toString().equals(text));
        if (known.isEmpty()) {
            dropped("bad-id");
        }
        return known;
    }

    private void dropped(String reason) {
        meters.counter("battlestream.gateway.outcomes.dropped", "reason", reason).increment();
    }

    private Optional<Ended> decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.topic().equals(Topics.SCALE_OUTCOMES.name())
                    ? Optional.ofNullable(runs.deserialize(record.topic(), record.value()))
                            .map(OutcomeReader::ended)
                    : Optional.ofNullable(battles.deserialize(record.topic(), record.value()))
                            .map(OutcomeReader::ended);
        } catch (RuntimeException e) {
            if (RegistryOutage.causes(e)) {
                throw e;
            }
            publisher.deadLetter(record, e);
            dropped("undecodable");
            LOG.warn(
                    "undecodable record dead-lettered topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getClass().getName());
            return Optional.empty();
        }
    }

    private static Ended ended(BattleEnded outcome) {
        BigDecimal cost =
                outcome.getAgentUsage()
                        .getCostUsd()
                        .add(outcome.getOpponentUsage().getCostUsd())
                        .add(outcome.getJudgeUsage().getCostUsd());
        return ended(
                JobKind.BATTLE,
                outcome.getBattleId(),
                outcome.getReason(),
                cost,
                outcome.getUnsettledUsd());
    }

    private static Ended ended(ScaleRunEnded outcome) {
        return ended(
                JobKind.RUN,
                outcome.getRunId(),
                outcome.getReason(),
                outcome.getCostUsd(),
                outcome.getUnsettledUsd());
    }

    /**
     * With what may be on a provider's bill. Anyone may write outcomes; less than nothing is
     * nothing.
     */
    private static Ended ended(
            JobKind kind,
            String id,
            Enum<?> reason,
            BigDecimal cost,
            @Nullable BigDecimal unsettled) {
        BigDecimal most =
                cost.add(unsettled == null ? BigDecimal.ZERO : unsettled).max(BigDecimal.ZERO);
        return new Ended(kind, id, JobEnd.of(reason.name().toLowerCase(Locale.ROOT), most));
    }
}
