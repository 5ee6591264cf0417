package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Endings;
import dev.battlestream.gateway.report.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Starts that wait for the end of their battle, each on the thread of its request.
 *
 * <p>Two things end a battle that takes too long: the cancellation that is published when the wait
 * is over, and the battle's own time-out, which is no longer than the wait. The second one holds
 * even if this process dies meanwhile or the caller has gone.
 */
final class BattleWaits {

    private final Endings endings;
    private final Reports reports;
    private final BattleCancellations cancellations;
    private final WaitSettings settings;
    private final Semaphore places;

    BattleWaits(
            Endings endings,
            Reports reports,
            BattleCancellations cancellations,
            WaitSettings settings,
            MeterRegistry meters) {
        this.endings = endings;
        this.reports = reports;
        this.cancellations = cancellations;
        this.settings = settings;
        this.places = new Semaphore(settings.most());
        meters.gauge(
                "battlestream.gateway.waiting",
                places,
                free -> settings.most() - free.availablePermits());
    }

    /** The longest wait that is granted. */
    Duration longest() {
        return settings.requestTimeout();
    }

    /** Whether one more start may wait; if so it holds a place until it leaves. */
    boolean enter() {
        return places.tryAcquire();
    }

    /** Gives the place back. */
    void leave() {
        places.release();
    }

    /**
     * Waits for the end of a battle.
     *
     * @param replayed whether another request has started it, which then is the one to end it
     * @return how it ended
     * @throws RequestProblem if it does not end in time or ended by a refusal of the provider
     */
    BattleStatus await(
            UUID id, Duration wait, boolean replayed, String client, Correlation correlation) {
        if (!ended(id, wait)) {
            if (!replayed) {
                cancellations.timeOut(id, client, correlation);
            }
            throw RequestProblem.of(
                    ProblemCode.WAIT_TIMED_OUT,
                    "It has not ended after %d s and %s"
                            .formatted(
                                    wait.toSeconds(),
                                    replayed ? "goes on" : "is ended now for the reason timeout"));
        }
        BattleStatus status = reports.status(id, correlation).orElseThrow(BattlePaths::unknown);
        Optional<String> refusal = status.providerRefusal();
        if (refusal.isPresent()) {
            throw RequestProblem.of(ProblemCode.PROVIDER_REFUSED, refusal.get());
        }
        return status;
    }

    private boolean ended(UUID id, Duration wait) {
        try {
            return endings.awaitEnd(id, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable(
                    ProblemCode.SHUTTING_DOWN, "The battle goes on; see the Location header");
        }
    }
}
