package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Admission;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.Months;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All tables of the archive, each written by its own. */
record ArchiveTables(
        Placements placements,
        Battles battles,
        Conversations conversations,
        Messages messages,
        Decisions decisions,
        ScaleRuns runs,
        ScaleMembers members) {

    /** The tables behind a connection. */
    static ArchiveTables of(JdbcClient sql) {
        return new ArchiveTables(
                new Placements(sql),
                new Battles(sql),
                new Conversations(sql),
                new Messages(sql),
                new Decisions(sql),
                new ScaleRuns(sql),
                new ScaleMembers(sql));
    }

    /**
     * What was written.
     *
     * @param facts how many of them are new
     */
    record Written(Admission admission, int facts) {}

    /** Writes a batch; to be called in a transaction. */
    Written write(FactBatch batch, Months months) {
        Set<UUID> ids = new HashSet<>();
        batch.of(Fact.OfBattle.class).forEach(fact -> ids.add(fact.battleId()));
        Admission admission = Admission.of(batch, battles.kept(ids), battles.deleted(ids));
        FactBatch admitted = admission.batch();
        Map<UUID, LocalDate> places = placements.place(wanted(admitted, months));
        int taken =
                battles.delete(admitted.of(Fact.Deleted.class))
                        + conversations.write(admitted, places)
                        + messages.write(admitted, places)
                        + decisions.write(admitted, places)
                        + runs.write(admitted, places)
                        + members.write(admitted, places);
        messages.prune(admission.surplus());
        decisions.prune(admission.surplus());
        return new Written(admission, taken);
    }

    private static Map<UUID, LocalDate> wanted(FactBatch batch, Months months) {
        Map<UUID, LocalDate> wanted = new HashMap<>();
        for (Fact fact : batch.facts()) {
            if (!(fact instanceof Fact.Deleted)) {
                wanted.putIfAbsent(fact.id(), months.of(fact.at()));
            }
        }
        return wanted;
    }
}
