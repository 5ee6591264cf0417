package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Comparison;
import dev.battlestream.local.check.Difference;
import dev.battlestream.local.check.Mismatch;
import dev.battlestream.local.check.Tally;
import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.local.report.Place;
import dev.battlestream.local.report.adapter.Positions;
import dev.battlestream.local.report.adapter.ReportService.Source;
import dev.battlestream.local.report.adapter.UnansweredException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Compares cases with what the sources say. What differs at first is asked again once the sources
 * have read as far as the log was read, so that no lag is taken for a difference; what a source has
 * not reached within the limit is told apart.
 */
final class Desk implements AutoCloseable {

    private static final int BATCH = 64;
    private static final int ASKED_AT_ONCE = 8;
    private static final int MOST_SUSPECTS = 200;
    private static final Duration EVERY = Duration.ofMillis(250);

    private record Compared(
            Case subject, List<Mismatch> view, List<Mismatch> archive, boolean gone) {

        private boolean same() {
            return view.isEmpty() && archive.isEmpty();
        }
    }

    private final Positions positions;
    private final Findings findings;
    private final Instant keptSince;
    private final Duration patience;
    private final ExecutorService askers =
            Executors.newFixedThreadPool(
                    ASKED_AT_ONCE, Thread.ofVirtual().name("check-", 0).factory());
    private final List<Case> batch = new ArrayList<>();
    private final List<Case> suspects = new ArrayList<>();
    private Tally tally = Tally.NOTHING;

    /**
     * @param keptSince what was recorded before that may have left the view
     * @param patience how long to wait for a source that is behind, each time
     */
    Desk(Positions positions, Findings findings, Instant keptSince, Duration patience) {
        this.positions = positions;
        this.findings = findings;
        this.keptSince = keptSince;
        this.patience = patience;
    }

    /**
     * Takes a case.
     *
     * @param readTo up to where the log has been read
     */
    void take(Case subject, Supplier<Map<Place, Long>> readTo) {
        batch.add(subject);
        if (batch.size() >= BATCH) {
            compareBatch();
        }
        if (suspects.size() >= MOST_SUSPECTS) {
            settle(readTo.get());
        }
    }

    /** Decides all that was taken. */
    void finish(Map<Place, Long> readTo) {
        compareBatch();
        settle(readTo);
    }

    private void compareBatch() {
        for (Compared compared : compared(batch)) {
            if (compared.same()) {
                count(compared);
            } else {
                suspects.add(compared.subject());
            }
        }
        batch.clear();
    }

    private void settle(Map<Place, Long> readTo) {
        if (suspects.isEmpty()) {
            return;
        }
        boolean views = awaitReadTo(Source.VIEWS, readTo);
        boolean archive = awaitReadTo(Source.ARCHIVE, readTo);
        for (Compared compared : compared(suspects)) {
            List<Mismatch> ofView = views ? compared.view() : List.of();
            List<Mismatch> ofArchive = archive ? compared.archive() : List.of();
            List<Difference> differences =
                    Difference.of(compared.subject().id(), ofView, ofArchive);
            if (!differences.isEmpty()) {
                tally = tally.different(1);
                differences.forEach(difference -> findings.differs(difference.line()));
            } else if (compared.same()) {
                count(compared);
            } else {
                tally = tally.unsettled(1);
            }
        }
        suspects.clear();
    }

    private void count(Compared compared) {
        tally = compared.gone() ? tally.same(1).gone(1) : tally.same(1);
    }

    private boolean awaitReadTo(Source source, Map<Place, Long> needed) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<Place, Long> readTo = positions.readTo(source);
            boolean reached =
                    !readTo.isEmpty()
                            && needed.entrySet().stream()
                                    .allMatch(at ->
                                            readTo.getOrDefault(at.getKey(), 0L) >= at.getValue());
            if (reached) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                findings.note(
                        "The %s have not read as far as the log goes within %d s"
                                .formatted(
                                        source == Source.VIEWS ? "views" : "archive's rows",
                                        patience.toSeconds()));
                return false;
            }
            pause();
        }
    }

    private List<Compared> compared(List<Case> cases) {
        List<Future<Compared>> asked = new ArrayList<>();
        for (Case subject : List.copyOf(cases)) {
            asked.add(askers.submit(() -> compared(subject)));
        }
        List<Compared> all = new ArrayList<>();
        for (Future<Compared> one : asked) {
            try {
                all.add(one.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnansweredException unanswered) {
                    throw new PlatformException(String.valueOf(unanswered.getMessage()));
                }
                throw new IllegalStateException("a comparison failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformException("Interrupted");
            }
        }
        return all;
    }

    private Compared compared(Case subject) {
        List<Mismatch> archive = mismatches(subject, Source.ARCHIVE);
        Optional<List<Mismatch>> view = subject.against(Source.VIEWS);
        boolean gone = view.isEmpty() && subject.recordedAt().isBefore(keptSince);
        return new Compared(
                subject, gone ? List.of() : view.orElseGet(Comparison::unknown), archive, gone);
    }

    private static List<Mismatch> mismatches(Case subject, Source source) {
        return subject.isFor(source)
                ? subject.against(source).orElseGet(Comparison::unknown)
                : List.of();
    }

    private static void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted");
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
