package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.BattleStatusFold;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.Folded;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The status of each battle, and the place where old battles leave the views. It takes in each
 * event after the other views, so that a status never speaks of rows that are not there yet.
 */
final class StatusView implements Processor<String, BattleEvent, Void, Void> {

    private final Drops drops;
    private final Consumer<String> wake;
    private final Retention.Terms retention;
    private @Nullable KeyValueStore<String, Known> statuses;

    /**
     * @param wake told of every battle whose status has changed
     */
    StatusView(Drops drops, Consumer<String> wake, Retention.Terms retention) {
        this.drops = drops;
        this.wake = wake;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, Known> store = context.getStateStore(BattleTopology.STATUSES);
        statuses = store;
        context.schedule(
                retention.every(),
                PunctuationType.WALL_CLOCK_TIME,
                new Retention<>(
                        retention,
                        store,
                        this::leavesAt,
                        List.of(
                                new PlaceRows<>(
                                        context.<KeyValueStore<Bytes, Message>>getStateStore(
                                                BattleTopology.MESSAGES)),
                                new PlaceRows<>(
                                        context.<KeyValueStore<Bytes, Verdict>>getStateStore(
                                                BattleTopology.VERDICTS))),
                        wake));
    }

    private Instant leavesAt(Known known) {
        return known.recordedAt()
                .plus(
                        switch (known) {
                            case BattleStatus _ -> retention.keepFor();
                            case DeletedBattle _ -> retention.keepMarkersFor();
                        });
    }

    @Override
    public void process(Record<String, BattleEvent> record) {
        if (statuses == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        String battleId = record.key();
        Folded folded =
                BattleStatusFold.fold(
                        statuses.get(battleId),
                        battleId,
                        record.value(),
                        Instant.ofEpochMilli(record.timestamp()));
        switch (folded) {
            case Folded.Kept(BattleStatus status) -> {
                statuses.put(battleId, status);
                wake.accept(battleId);
            }
            case Folded.Deleted(DeletedBattle marker) -> {
                statuses.put(battleId, marker);
                wake.accept(battleId);
            }
            case Folded.Dropped(var reason) -> drops.count(BattleTopology.STATUS_VIEW, reason);
        }
    }
}
