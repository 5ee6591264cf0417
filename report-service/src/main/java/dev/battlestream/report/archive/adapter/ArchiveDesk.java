package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Takes facts into the archive. When it returns the database has them, or has refused single ones
 * for what they say, which are counted; an outage is thrown, and everything is to be brought again.
 */
final class ArchiveDesk {

    private static final Logger log = LoggerFactory.getLogger(ArchiveDesk.class);

    private final Conversations conversations;
    private final ArchiveMeters meters;

    ArchiveDesk(Conversations conversations, ArchiveMeters meters) {
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
            taken = conversations.write(batch);
        } catch (DataIntegrityViolationException _) {
            taken = 0;
            for (FactBatch single : batch.singly()) {
                try {
                    taken += conversations.write(single);
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
}
