package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.Owners;
import dev.battlestream.report.battle.adapter.PlaceKeys;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the runs of the partitions that this instance owns. */
final class RunViews {

    private final Owners owners;

    RunViews(Owners owners) {
        this.owners = owners;
    }

    /**
     * Reads a run that this instance owns.
     *
     * @throws dev.battlestream.report.battle.adapter.ViewUnavailableException if it does not
     */
    RunReads of(String runId) {
        return new StoreReads(runId, owners.partition(RunTopology.RUNS, runId));
    }

    private final class StoreReads implements RunReads {

        private final String runId;
        private final int partition;

        StoreReads(String runId, int partition) {
            this.runId = runId;
            this.partition = partition;
        }

        @Override
        public @Nullable Run run() {
            QueryableStoreType<ReadOnlyKeyValueStore<String, RunRow>> type =
                    QueryableStoreTypes.keyValueStore();
            RunRow row =
                    Owners.<@Nullable RunRow>reading(
                            () -> owners.store(RunTopology.RUNS, type, partition).get(runId));
            return row == null ? null : row.run();
        }

        @Override
        public List<Member> members() {
            QueryableStoreType<ReadOnlyKeyValueStore<Bytes, Member>> type =
                    QueryableStoreTypes.keyValueStore();
            return Owners.reading(() -> {
                List<Member> members = new ArrayList<>();
                try (KeyValueIterator<Bytes, Member> rows =
                        owners.store(RunTopology.MEMBERS, type, partition)
                                .range(
                                        PlaceKeys.of(runId, 1),
                                        PlaceKeys.of(runId, Integer.MAX_VALUE))) {
                    rows.forEachRemaining(row -> members.add(row.value));
                }
                return members;
            });
        }
    }
}
