package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * Starts jobs, each key and each id once. Order: the database admits the request and keeps it; from
 * then on the answer is yes, and the outbox brings the request onto the log, now or later.
 */
public final class JobStarts {

    private static final Duration WHEN_ONE_MAY_HAVE_ENDED = Duration.ofSeconds(5);

    private static final Duration WHEN_SOME_MAY_HAVE_COME_BACK = Duration.ofSeconds(60);

    private final AdmissionDesk desk;
    private final Outbox outbox;
    private final MeterRegistry meters;

    JobStarts(AdmissionDesk desk, Outbox outbox, MeterRegistry meters) {
        this.desk = desk;
        this.outbox = outbox;
        this.meters = meters;
    }

    /**
     * A job that goes on.
     *
     * @param id of the job that the request is answered with
     * @param replayed whether it had been started before
     */
    public record Begun(UUID id, boolean replayed) {}

    /**
     * Starts a job, or finds the one that the same request has started.
     *
     * @param request what the job's encoded request holds
     * @throws RequestProblem if the request is refused or the database does not answer
     */
    public <V extends SpecificRecord> Begun begin(NewJob job, JobRequest<V> kind, V request) {
        return switch (desk.admit(job)) {
            case Admission.Admitted(UUID id) -> {
                count("accepted");
                outbox.publishNow(kind, id, request, job.correlation());
                yield new Begun(id, false);
            }
            case Admission.Repeated(UUID id) -> {
                count("replayed");
                yield new Begun(id, true);
            }
            case Admission.Different _ -> {
                count("mismatch");
                throw RequestProblem.of(
                        ProblemCode.IDEMPOTENCY_MISMATCH,
                        "This key or id was used before, with another body");
            }
            case Admission.TooMany _ -> {
                count("too_many_jobs");
                throw RequestProblem.passing(
                        ProblemCode.TOO_MANY_JOBS,
                        "As many battles and runs as one client may have go on; wait for an end or"
                                + " cancel one",
                        WHEN_ONE_MAY_HAVE_ENDED);
            }
            case Admission.BudgetSpent _ -> {
                count("daily_budget_spent");
                throw RequestProblem.passing(
                        ProblemCode.DAILY_BUDGET_SPENT,
                        "Its budget does not fit into what is left of the client's day (UTC); what"
                                + " running battles do not spend comes back",
                        WHEN_SOME_MAY_HAVE_COME_BACK);
            }
        };
    }

    private void count(String outcome) {
        meters.counter("battlestream.gateway.starts", "outcome", outcome).increment();
    }
}
