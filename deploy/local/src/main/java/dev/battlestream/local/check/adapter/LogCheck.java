package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Account;
import dev.battlestream.local.check.Comparison;
import dev.battlestream.local.check.LoggedBattle;
import dev.battlestream.local.check.LoggedRun;
import dev.battlestream.local.check.Mismatch;
import dev.battlestream.local.check.Tally;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.local.report.adapter.Positions;
import dev.battlestream.local.report.adapter.ReportService;
import dev.battlestream.local.report.adapter.ReportService.Source;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the log with a consumer of its own, partition by partition, and compares what it says of
 * battles and runs with what the views and the archive say.
 *
 * <p>The topics of a partition are read side by side in the order of time, so that a battle is
 * whole soon after its first record, is compared and forgotten. What is held is bounded: a
 * partition of very many battles is read several times, each time for a part of the ids, and a
 * battle that is one of too many unfinished ones is left for a further reading. Battles that were
 * deleted are left out: nobody is to know them any more.
 */
public final class LogCheck implements AutoCloseable {

    /** Ids that are remembered as done in one reading. */
    private static final int MOST_IDS = 200_000;

    /** Unfinished battles that are held at a time. */
    private static final int MOST_OPEN = 1_000;

    private static final List<Topic<?>> OF_BATTLES =
            List.of(
                    Topics.BATTLE_REQUESTS,
                    Topics.BATTLE_TURNS,
                    Topics.BATTLE_VERDICTS,
                    Topics.BATTLE_OUTCOMES);
    private static final List<Topic<?>> OF_RUNS =
            List.of(Topics.SCALE_REQUESTS, Topics.SCALE_MEMBERS, Topics.SCALE_OUTCOMES);
    private static final Map<String, Topic<? extends SpecificRecord>> BY_NAME = byName();

    private final Map<String, Object> consuming;
    private final LogValues values;
    private final ReportService report;
    private final Positions positions;
    private final Findings findings;
    private final Instant keptSince;
    private final Duration patience;
    private long records;

    /**
     * @param keptSince what was recorded before that may have left the views
     * @param patience how long to wait for a source that is behind
     */
    public LogCheck(Ports ports, Findings findings, Instant keptSince, Duration patience) {
        this.consuming =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        ports.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest");
        this.values = new LogValues(ports.url(Component.REGISTRY) + "/apis/ccompat/v7");
        this.report = new ReportService(ports.url(Component.REPORT));
        this.positions = new Positions(report, ports.bootstrapServers());
        this.findings = findings;
        this.keptSince = keptSince;
        this.patience = patience;
    }

    private static Map<String, Topic<? extends SpecificRecord>> byName() {
        Map<String, Topic<? extends SpecificRecord>> topics = new HashMap<>();
        OF_BATTLES.forEach(topic -> topics.put(topic.name(), topic));
        OF_RUNS.forEach(topic -> topics.put(topic.name(), topic));
        return Map.copyOf(topics);
    }

    /** Checks battles. */
    public Tally battles(Scope scope) {
        return check(scope, Topics.BATTLE_OUTCOMES, this::battlesOf);
    }

    /** Checks scale runs. */
    public Tally runs(Scope scope) {
        return check(scope, Topics.SCALE_OUTCOMES, this::runsOf);
    }

    /** Records that were read for all that. */
    public long records() {
        return records;
    }

    /** Checks the battles or runs of a partition whose ids are wanted. */
    private interface PartitionCheck {

        Tally of(int partition, Predicate<String> wanted);
    }

    private Tally check(Scope scope, Topic<?> outcomes, PartitionCheck check) {
        Predicate<String> chosen =
                switch (scope) {
                    case Scope.All _ -> _ -> true;
                    case Scope.Battle(String id) -> id::equals;
                    case Scope.Sample(int most) -> sample(outcomes, most)::contains;
                };
        Tally tally = Tally.NOTHING;
        for (int partition = 0; partition < partitions(outcomes); partition++) {
            int parts = scope instanceof Scope.All ? parts(outcomes, partition) : 1;
            for (int part = 0; part < parts; part++) {
                int at = part;
                tally =
                        tally.plus(
                                check.of(
                                        partition,
                                        id ->
                                                chosen.test(id)
                                                        && Math.floorMod(id.hashCode(), parts)
                                                                == at));
            }
        }
        return tally;
    }

    private int partitions(Topic<?> topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic.name()).size();
        }
    }

    /** In how many readings a partition is gone through. */
    private int parts(Topic<?> outcomes, int partition) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            var at = List.of(new TopicPartition(outcomes.name(), partition));
            long end = consumer.endOffsets(at).values().iterator().next();
            long first = consumer.beginningOffsets(at).values().iterator().next();
            return Math.toIntExact(Math.max(1, Math.ceilDiv(end - first, (long) MOST_IDS)));
        }
    }

    private Set<String> sample(Topic<?> outcomes, int most) {
        IdSample sample = new IdSample(most, UUID.randomUUID().toString());
        for (int partition = 0; partition < partitions(outcomes); partition++) {
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                new PartitionReading(consumer, List.of(outcomes), partition)
                        .forEach(_ -> true, record -> sample.add(record.key()));
            }
        }
        return sample.ids();
    }

    private record Open(LoggedBattle battle, Instant recordedAt) {}

    private Tally battlesOf(int partition, Predicate<String> wanted) {
        Set<String> deleted = deleted(partition, wanted);
        Set<String> later = new HashSet<>();
        Tally tally = battlesOf(partition, id -> wanted.test(id) && !deleted.contains(id), later);
        while (!later.isEmpty()) {
            Set<String> now = new HashSet<>();
            later.stream().limit(MOST_OPEN).forEach(now::add);
            later.removeAll(now);
            tally = tally.plus(battlesOf(partition, now::contains, later));
        }
        return tally;
    }

    private Set<String> deleted(int partition, Predicate<String> wanted) {
        Set<String> deleted = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            PartitionReading reading =
                    new PartitionReading(consumer, List.of(Topics.BATTLE_DELETIONS), partition);
            reading.forEach(wanted, record -> deleted.add(record.key()));
            records += reading.records();
        }
        return deleted;
    }

    private Tally battlesOf(int partition, Predicate<String> wanted, Set<String> later) {
        Map<String, Open> open = new LinkedHashMap<>();
        Set<String> done = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer();
                Desk desk = new Desk(positions, findings, keptSince, patience)) {
            PartitionReading reading = new PartitionReading(consumer, OF_BATTLES, partition);
            reading.forEach(
                    id -> wanted.test(id) && !done.contains(id) && !later.contains(id),
                    record -> {
                        String id = record.key();
                        Optional<? extends SpecificRecord> value = value(record);
                        // The filter saw the record before others of its id were handed on.
                        if (done.contains(id)
                                || later.contains(id)
                                || value.isEmpty()
                                || !BattleAvro.battleId(value.get()).equals(id)) {
                            return;
                        }
                        Open before = open.get(id);
                        LoggedBattle battle =
                                (before == null ? LoggedBattle.UNREAD : before.battle())
                                        .with(BattleAvro.event(value.get()));
                        Open now = new Open(battle, Instant.ofEpochMilli(record.timestamp()));
                        if (battle.isWhole()) {
                            open.remove(id);
                            done.add(id);
                            desk.take(battleCase(id, now), reading::readTo);
                        } else {
                            open.put(id, now);
                            leave(open, later);
                        }
                    });
            boolean cut =
                    reading.isCut(Topics.BATTLE_TURNS) || reading.isCut(Topics.BATTLE_VERDICTS);
            Tally rest = Tally.NOTHING;
            for (Map.Entry<String, Open> left : open.entrySet()) {
                if (left.getValue().battle().ended() == null) {
                    rest = rest.running(1);
                } else if (cut) {
                    rest = rest.older(1);
                } else {
                    desk.take(battleCase(left.getKey(), left.getValue()), reading::readTo);
                }
            }
            desk.finish(reading.readTo());
            records += reading.records();
            return desk.tally().plus(rest);
        }
    }

    /** The battle whose last record is oldest waits for a further reading. */
    private static void leave(Map<String, Open> open, Set<String> later) {
        if (open.size() > MOST_OPEN) {
            String oldest = open.keySet().iterator().next();
            open.remove(oldest);
            later.add(oldest);
        }
    }

    private Case battleCase(String id, Open open) {
        Account log = open.battle().account();
        return subject(
                id,
                open.recordedAt(),
                source ->
                        new ReportedBattles(report, source)
                                .account(id)
                                .map(found -> Comparison.of(log, found, Kept.by(source))));
    }

    private Tally runsOf(int partition, Predicate<String> wanted) {
        Map<String, LoggedRun> open = new LinkedHashMap<>();
        Set<String> done = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer();
                Desk desk = new Desk(positions, findings, keptSince, patience)) {
            PartitionReading reading = new PartitionReading(consumer, OF_RUNS, partition);
            reading.forEach(
                    wanted,
                    record -> {
                        String id = record.key();
                        Optional<? extends SpecificRecord> value = value(record);
                        if (done.contains(id)
                                || value.isEmpty()
                                || !RunAvro.runId(value.get()).equals(id)) {
                            return;
                        }
                        LoggedRun run = open.computeIfAbsent(id, LoggedRun::new);
                        RunAvro.event(value.get()).ifPresent(run::take);
                        if (run.isWhole()) {
                            open.remove(id);
                            done.add(id);
                            desk.take(
                                    runCase(id, run, Instant.ofEpochMilli(record.timestamp())),
                                    reading::readTo);
                        }
                    });
            Tally rest = Tally.NOTHING;
            for (LoggedRun left : open.values()) {
                rest = left.hasEnded() ? rest.older(1) : rest.running(1);
            }
            desk.finish(reading.readTo());
            records += reading.records();
            return desk.tally().plus(rest);
        }
    }

    private Case runCase(String id, LoggedRun log, Instant recordedAt) {
        return subject(
                id,
                recordedAt,
                source -> new ReportedRuns(report, source).mismatches(id, log, Kept.by(source)));
    }

    private interface Asking {

        Optional<List<Mismatch>> of(Source source);
    }

    private static Case subject(String id, Instant recordedAt, Asking asking) {
        return new Case() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Instant recordedAt() {
                return recordedAt;
            }

            @Override
            public boolean isFor(Source source) {
                return source == Source.VIEWS || isCanonical(id);
            }

            @Override
            public Optional<List<Mismatch>> against(Source source) {
                return asking.of(source);
            }
        };
    }

    private static boolean isCanonical(String id) {
        try {
            return UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private Optional<? extends SpecificRecord> value(ConsumerRecord<String, byte[]> record) {
        return values.read(Objects.requireNonNull(BY_NAME.get(record.topic())), record.value());
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                consuming, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        values.close();
        positions.close();
        report.close();
    }
}
