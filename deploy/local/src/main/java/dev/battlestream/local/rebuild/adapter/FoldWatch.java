package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.local.rebuild.Stretch;
import dev.battlestream.local.report.Place;
import dev.battlestream.local.report.adapter.Positions;
import dev.battlestream.local.report.adapter.ReportService.Source;
import java.time.Duration;
import java.util.Map;

/** Waits until the report service has folded a part of the log. */
final class FoldWatch {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Positions positions;
    private final Source source;
    private final Folded folded;

    FoldWatch(Positions positions, Source source, Folded folded) {
        this.positions = positions;
        this.source = source;
        this.folded = folded;
    }

    /** Whether all of it was folded within the limit. */
    boolean await(Stretch stretch, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Map<Place, Long> readTo = positions.readTo(source);
            folded.of(stretch.folded(readTo), stretch.total());
            // Nothing is known before the service has its partitions.
            if (!readTo.isEmpty() && stretch.isFolded(readTo)) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformException("Interrupted; the report service goes on folding");
            }
        }
    }
}
