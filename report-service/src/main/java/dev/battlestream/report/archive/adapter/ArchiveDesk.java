package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes facts into the archive. When it returns the database has them, or has refused single ones
 * for what they say, which are counted; an outage is thrown, and everything is to be brought again.
 */
final class ArchiveDesk {

    private static final Logger log = LoggerFactory.getLogger(ArchiveDesk.class);

    private final TransactionTemplate transaction;
    private final Conversations conversations;
    private final ScaleRuns runs;
    private final ArchiveMeters meters;

    ArchiveDesk(
            TransactionTemplate transaction,
            Conversations conversations,
            ScaleRuns runs,
            ArchiveMeters meters) {
        this.transaction = transaction;
        this.runs = runs;
        this.conversations = conversations;
        this.meters = meters;
    }

    void take(List<Fact> facts) {
        FactBatch batch = FactBatch.of(facts);
        if (batch.size() == 0) {
            return;
        }
        long start = System.nanoTime();
        int refused = 0;
        int taken;
        try {
            taken = write(batch);
        } catch (DataIntegrityViolationException _) {
            taken = 0;
            for (FactBatch single : batch.singly()) {
                try {
                    taken += write(single);
                } catch (DataIntegrityViolationException e) {
                    refused++;
                    // Without its message, which may quote the row.
                    log.warn("a record was refused by the database: {}", e.getClass().getName());
                }
            }
        }
        meters.wrote(taken, System.nanoTime() - start);
        meters.dropped(ArchiveMeters.Drop.REFUSED, refused);
        meters.dropped(
                ArchiveMeters.Drop.DUPLICATE, batch.size() - taken - refused + batch.repeated());
    }

    /** All or nothing; answers how many facts are new. */
    private int write(FactBatch batch) {
        Integer taken = transaction.execute(_ -> conversations.write(batch) + runs.write(batch));
        return taken == null ? 0 : taken;
    }
}
