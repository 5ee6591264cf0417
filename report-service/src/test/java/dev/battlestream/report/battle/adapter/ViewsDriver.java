package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The views without a broker, from a fixed instant. */
final class ViewsDriver implements AutoCloseable {

    static final Instant NOW = StoresDriver.NOW;
    static final Duration RETENTION = Duration.ofDays(30);
    static final Duration MARKERS = Duration.ofDays(38);
    static final Duration SWEEP = Duration.ofMinutes(1);
    static final int SWEEP_BATCH = 10;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ReadPositions positions = new ReadPositions();
    final List<String> woken = new ArrayList<>();

    /** Run at each wake-up, while the record that caused it is still being taken in. */
    Runnable onWake = () -> {};

    private final Function<String, KeyValueBytesStoreSupplier> stores;
    private final StoresDriver driver;

    /** With the stores of production. */
    ViewsDriver() {
        this(Stores::persistentKeyValueStore);
    }

    /** With other stores: the driver commits after each record, which takes a disk its time. */
    ViewsDriver(Function<String, KeyValueBytesStoreSupplier> stores) {
        this.stores = stores;
        driver = new StoresDriver(topology(), meters);
    }

    /** That of the views of battles, and behind them further ones. */
    Topology topology(FurtherViews... further) {
        return BattleTopology.build(
                StoresDriver.around(
                        stores,
                        meters,
                        positions,
                        this::wake,
                        new Retention.Terms(RETENTION, MARKERS, SWEEP, SWEEP_BATCH)),
                List.of(further));
    }

    private void wake(String battleId) {
        woken.add(battleId);
        onWake.run();
    }

    void publish(SpecificRecord record) {
        publish(EventAvro.battleId(record), record, NOW);
    }

    void publish(@Nullable String key, SpecificRecord record, Instant at) {
        switch (record) {
            case BattleRequested requested ->
                    driver.pipe(Topics.BATTLE_REQUESTS, key, requested, at);
            case TurnProduced turn -> driver.pipe(Topics.BATTLE_TURNS, key, turn, at);
            case VerdictIssued verdict -> driver.pipe(Topics.BATTLE_VERDICTS, key, verdict, at);
            case BattleEnded ended -> driver.pipe(Topics.BATTLE_OUTCOMES, key, ended, at);
            case BattleDeletionRequested deletion ->
                    driver.pipe(Topics.BATTLE_DELETIONS, key, deletion, at);
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
    }

    /** A record without a value. */
    void publishNothing(String key) {
        driver.pipe(Topics.BATTLE_TURNS, key, null, NOW);
    }

    void pass(Duration time) {
        driver.pass(time);
    }

    KeyValueStore<String, Known> statuses() {
        return driver.store(BattleTopology.STATUSES);
    }

    /** That of a battle that is known and not deleted. */
    BattleStatus status(String battleId) {
        return (BattleStatus) statuses().get(battleId);
    }

    KeyValueStore<Bytes, Message> messages() {
        return driver.store(BattleTopology.MESSAGES);
    }

    KeyValueStore<Bytes, Verdict> verdicts() {
        return driver.store(BattleTopology.VERDICTS);
    }

    /** Everything that the views hold, by store and key. */
    Contents contents() {
        return new Contents(
                StoresDriver.rows(statuses()),
                StoresDriver.rows(messages()),
                StoresDriver.rows(verdicts()));
    }

    /** All rows of all views. */
    record Contents(
            Map<String, Known> statuses,
            Map<Bytes, Message> messages,
            Map<Bytes, Verdict> verdicts) {}

    /** Throws the views back to earlier contents, as a crash may do with each on its own. */
    void restore(Contents earlier) {
        StoresDriver.replace(statuses(), earlier.statuses());
        StoresDriver.replace(messages(), earlier.messages());
        StoresDriver.replace(verdicts(), earlier.verdicts());
    }

    double dropped(String view, String reason) {
        return driver.dropped(view, reason);
    }

    @Override
    public void close() {
        driver.close();
    }
}
