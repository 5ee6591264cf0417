package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Verdict;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The verdicts of each battle, one row for each turn; otherwise as {@link MessageView}. */
final class VerdictView implements Processor<String, BattleEvent, Void, Void> {

    private final Drops drops;
    private final Consumer<String> wake;
    private @Nullable PlaceRows<Verdict> verdicts;
    private @Nullable KeyValueStore<String, Known> statuses;

    /**
     * @param wake told of every battle whose rows have changed
     */
    VerdictView(Drops drops, Consumer<String> wake) {
        this.drops = drops;
        this.wake = wake;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        verdicts = new PlaceRows<>(context.getStateStore(BattleTopology.VERDICTS));
        statuses = context.getStateStore(BattleTopology.STATUSES);
    }

    @Override
    public void process(Record<String, BattleEvent> record) {
        if (verdicts == null || statuses == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        switch (statuses.get(record.key())) {
            case DeletedBattle _ -> takeNothing(verdicts, record);
            case BattleStatus status -> take(verdicts, status.ending(), record);
            case null -> take(verdicts, null, record);
        }
    }

    private void take(
            PlaceRows<Verdict> rows, @Nullable Ending ending, Record<String, BattleEvent> record) {
        String battleId = record.key();
        switch (record.value()) {
            case BattleEvent.Judged(Verdict verdict) -> {
                DropReason refused =
                        rows.fill(
                                battleId,
                                verdict.turn(),
                                verdict,
                                ending == null ? null : ending.verdictCount());
                if (refused == null) {
                    wake.accept(battleId);
                } else {
                    drops.count(BattleTopology.VERDICT_VIEW, refused);
                }
            }
            case BattleEvent.Ended ended -> {
                Ending first = ending == null ? ended.ending() : ending;
                rows.keepOnly(battleId, first.verdictCount());
            }
            case BattleEvent.Deleted _ -> rows.keepOnly(battleId, 0);
            case BattleEvent.Requested _, BattleEvent.Played _ -> {
                // Says nothing about verdicts.
            }
        }
    }

    /**
     * Of a deleted battle nothing is kept; a crash may have brought rows back that a replay
     * removes.
     */
    private void takeNothing(PlaceRows<Verdict> rows, Record<String, BattleEvent> record) {
        switch (record.value()) {
            case BattleEvent.Judged _ ->
                    drops.count(BattleTopology.VERDICT_VIEW, DropReason.DELETED);
            case BattleEvent.Deleted _ -> rows.keepOnly(record.key(), 0);
            case BattleEvent.Requested _, BattleEvent.Played _, BattleEvent.Ended _ -> {
                // Says nothing about verdicts.
            }
        }
    }
}
