package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.Months;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes facts into the archive, and lets go of old months. When it returns the database has the
 * facts, or has refused single ones for what they say, which are counted; an outage is thrown, and
 * everything is to be brought again.
 */
final class ArchiveDesk {

    private static final Logger log = LoggerFactory.getLogger(ArchiveDesk.class);

    /** At most this many battles and runs are forgotten in one transaction. */
    private static final int SWEEP = 10_000;

    private final TransactionTemplate transaction;
    private final ArchiveTables tables;
    private final ArchiveMeters meters;
    private final InstantSource clock;
    private final Duration retention;

    /**
     * @param retention how long what happened is kept
     */
    ArchiveDesk(
            TransactionTemplate transaction,
            ArchiveTables tables,
            ArchiveMeters meters,
            InstantSource clock,
            Duration retention) {
        this.transaction = transaction;
        this.tables = tables;
        this.meters = meters;
        this.clock = clock;
        this.retention = retention;
    }

    void take(List<Fact> facts) {
        FactBatch batch = FactBatch.of(facts);
        if (batch.facts().isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        int refused = 0;
        List<ArchiveTables.Written> written = new ArrayList<>();
        try {
            written.add(write(batch));
        } catch (DataIntegrityViolationException _) {
            for (FactBatch single : batch.singly()) {
                try {
                    written.add(write(single));
                } catch (DataIntegrityViolationException e) {
                    refused++;
                    // Without its message, which may quote the row.
                    log.warn("a record was refused by the database: {}", e.getClass().getName());
                }
            }
        }
        int taken = written.stream().mapToInt(ArchiveTables.Written::facts).sum();
        int admitted =
                written.stream().mapToInt(each -> each.admission().batch().facts().size()).sum();
        written.forEach(each -> each.admission().dropped().forEach(meters::dropped));
        meters.wrote(taken, System.nanoTime() - start);
        meters.dropped(ArchiveMeters.Drop.REFUSED, refused);
        meters.dropped(ArchiveMeters.Drop.DUPLICATE, admitted - taken + batch.repeated());
    }

    /** All or nothing. */
    private ArchiveTables.Written write(FactBatch batch) {
        Months months = months();
        return transaction.execute(_ -> tables.write(batch, months));
    }

    private Months months() {
        return Months.at(clock.instant(), retention);
    }

    /** Drops the months that are older than the retention. */
    void sweep() {
        LocalDate oldest = months().oldest();
        int forgotten = 0;
        int swept;
        do {
            Integer some =
                    transaction.execute(_ -> tables.placements().forgetBefore(oldest, SWEEP));
            swept = some == null ? 0 : some;
            forgotten += swept;
        } while (swept == SWEEP);
        List<String> dropped = transaction.execute(_ -> tables.placements().dropBefore(oldest));
        meters.expired(forgotten);
        if (dropped != null && !dropped.isEmpty()) {
            log.info(
                    "old months leave the archive: {} battles and runs with {}",
                    forgotten,
                    dropped);
        }
    }
}
