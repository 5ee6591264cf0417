package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The messages of each battle, one row for each seq. A failed turn has a row, too: it holds its
 * place until the outcome removes it, so that a repeated call that succeeds cannot take it.
 *
 * <p>How many messages belong to a battle is read from the status view, which keeps the first
 * outcome. This view takes in an outcome before the status view does; whichever of the two stores a
 * crash throws back, the replayed outcome leads to the same rows.
 */
final class MessageView implements Processor<String, BattleEvent, Void, Void> {

    private final Drops drops;
    private final Consumer<String> wake;
    private @Nullable PlaceRows<Message> messages;
    private @Nullable KeyValueStore<String, Known> statuses;

    /**
     * @param wake told of every battle whose rows have changed
     */
    MessageView(Drops drops, Consumer<String> wake) {
        this.drops = drops;
        this.wake = wake;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        messages = new PlaceRows<>(context.getStateStore(BattleTopology.MESSAGES));
        statuses = context.getStateStore(BattleTopology.STATUSES);
    }

    @Override
    public void process(Record<String, BattleEvent> record) {
        if (messages == null || statuses == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        switch (statuses.get(record.key())) {
            case DeletedBattle _ -> takeNothing(messages, record);
            case BattleStatus status -> take(messages, status.ending(), record);
            case null -> take(messages, null, record);
        }
    }

    private void take(
            PlaceRows<Message> rows, @Nullable Ending ending, Record<String, BattleEvent> record) {
        String battleId = record.key();
        switch (record.value()) {
            case BattleEvent.Played(Message message) -> {
                DropReason refused =
                        rows.fill(
                                battleId,
                                message.seq(),
                                message,
                                ending == null ? null : ending.messageCount());
                if (refused == null) {
                    wake.accept(battleId);
                } else {
                    drops.count(BattleTopology.MESSAGE_VIEW, refused);
                }
            }
            case BattleEvent.Ended ended -> {
                Ending first = ending == null ? ended.ending() : ending;
                rows.keepOnly(battleId, first.messageCount());
            }
            case BattleEvent.Deleted _ -> rows.keepOnly(battleId, 0);
            case BattleEvent.Requested _, BattleEvent.Judged _ -> {
                // Says nothing about messages.
            }
        }
    }

    /**
     * Of a deleted battle nothing is kept; a crash may have brought rows back that a replay
     * removes.
     */
    private void takeNothing(PlaceRows<Message> rows, Record<String, BattleEvent> record) {
        switch (record.value()) {
            case BattleEvent.Played _ ->
                    drops.count(BattleTopology.MESSAGE_VIEW, DropReason.DELETED);
            case BattleEvent.Deleted _ -> rows.keepOnly(record.key(), 0);
            case BattleEvent.Requested _, BattleEvent.Judged _, BattleEvent.Ended _ -> {
                // Says nothing about messages.
            }
        }
    }
}
