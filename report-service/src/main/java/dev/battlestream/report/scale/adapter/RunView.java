package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.adapter.Drops;
import dev.battlestream.report.battle.adapter.PlaceKeys;
import dev.battlestream.report.battle.adapter.PlaceRows;
import dev.battlestream.report.battle.adapter.Retention;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunFold;
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
 * Each run and its members, and the place where old runs leave the view. Whether a record counts is
 * asked of the row that it fills and of no other, so that a row that was lost with an unfinished
 * write is filled again by the replay. A member is written before its run, which says up to where
 * the log has been read.
 */
final class RunView implements Processor<String, RunRecord, Void, Void> {

    private final Drops drops;
    private final Consumer<String> wake;
    private final Retention.Terms retention;
    private @Nullable KeyValueStore<String, RunRow> runs;
    private @Nullable KeyValueStore<Bytes, Member> members;

    /**
     * @param wake told of every run that has changed
     */
    RunView(Drops drops, Consumer<String> wake, Retention.Terms retention) {
        this.drops = drops;
        this.wake = wake;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, RunRow> runStore = context.getStateStore(RunTopology.RUNS);
        KeyValueStore<Bytes, Member> memberStore = context.getStateStore(RunTopology.MEMBERS);
        runs = runStore;
        members = memberStore;
        context.schedule(
                retention.every(),
                PunctuationType.WALL_CLOCK_TIME,
                new Retention<>(
                        retention,
                        runStore,
                        row -> row.recordedAt().plus(retention.keepFor()),
                        List.of(new PlaceRows<>(memberStore)),
                        wake));
    }

    @Override
    public void process(Record<String, RunRecord> record) {
        if (runs == null || members == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        take(runs, members, record);
    }

    private void take(
            KeyValueStore<String, RunRow> runStore,
            KeyValueStore<Bytes, Member> memberStore,
            Record<String, RunRecord> record) {
        String runId = record.key();
        RunEvent event = record.value().event();
        DropReason refused =
                event instanceof RunEvent.OfMember member ? RunIds.refuse(runId, member) : null;
        if (refused != null) {
            drops.count(RunTopology.VIEW, refused);
            return;
        }
        RunRow stored = runStore.get(runId);
        RunRow row = stored == null ? RunRow.unknown(runId) : stored;
        Run with =
                switch (event) {
                    case RunEvent.OfRun ofRun -> RunFold.with(row.run(), ofRun);
                    case RunEvent.OfMember ofMember ->
                            fill(memberStore, runId, ofMember) ? row.run() : null;
                };
        Run run = RunFold.readTo(with == null ? row.run() : with, record.value().at());
        runStore.put(runId, row.next(run, Instant.ofEpochMilli(record.timestamp())));
        if (with == null) {
            drops.count(RunTopology.VIEW, DropReason.DUPLICATE);
        } else {
            wake.accept(runId);
        }
    }

    /** Whether an event counts; if so, it is in its member's row. */
    private static boolean fill(
            KeyValueStore<Bytes, Member> store, String runId, RunEvent.OfMember event) {
        Bytes key = PlaceKeys.of(runId, event.index());
        Member with = RunFold.with(store.get(key), event);
        if (with != null) {
            store.put(key, with);
        }
        return with != null;
    }
}
