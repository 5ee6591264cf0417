package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.gateway.battle.BattleIds;
import dev.battlestream.schemas.RegistryOutage;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Frees the slots of battles that ended and settles what they cost. At least once: whatever is
 * thrown here makes the container read the same records again, and a second end of a battle changes
 * nothing.
 */
final class OutcomeReader implements BatchMessageListener<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReader.class);

    private final Jobs jobs;
    private final Deserializer<BattleEnded> outcomes;
    private final EventPublisher publisher;
    private final MeterRegistry meters;

    OutcomeReader(
            Jobs jobs,
            Deserializer<BattleEnded> outcomes,
            EventPublisher publisher,
            MeterRegistry meters) {
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.publisher = publisher;
        this.meters = meters;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<UUID, JobEnd> ends = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<BattleEnded> outcome = decoded(record);
            outcome.flatMap(ended -> BattleIds.parse(ended.getBattleId()))
                    // The first outcome of a battle counts.
                    .ifPresent(id -> ends.putIfAbsent(id, end(outcome.get())));
        }
        if (!ends.isEmpty()) {
            int freed = jobs.end(ends);
            meters.counter("battlestream.gateway.jobs.ended").increment(freed);
        }
    }

    private Optional<BattleEnded> decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(outcomes.deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            if (RegistryOutage.causes(e)) {
                throw e;
            }
            publisher.deadLetter(record, e);
            meters.counter("battlestream.gateway.outcomes.dropped", "reason", "undecodable")
                    .increment();
            LOG.warn(
                    "undecodable record dead-lettered topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getClass().getName());
            return Optional.empty();
        }
    }

    private static JobEnd end(BattleEnded outcome) {
        return JobEnd.of(outcome.getReason().name().toLowerCase(Locale.ROOT), mostUsd(outcome));
    }

    /**
     * What may be on a provider's bill. Anyone may write outcomes; less than nothing is nothing.
     */
    private static BigDecimal mostUsd(BattleEnded outcome) {
        BigDecimal unsettled = outcome.getUnsettledUsd();
        return outcome.getAgentUsage()
                .getCostUsd()
                .add(outcome.getOpponentUsage().getCostUsd())
                .add(outcome.getJudgeUsage().getCostUsd())
                .add(unsettled == null ? BigDecimal.ZERO : unsettled)
                .max(BigDecimal.ZERO);
    }
}
