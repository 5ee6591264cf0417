package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The jobs as callers see them: a database that does not answer is a passing problem. */
public final class AdmissionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionDesk.class);

    private final Jobs jobs;
    private final JobSchema schema;

    AdmissionDesk(Jobs jobs, JobSchema schema) {
        this.jobs = jobs;
        this.schema = schema;
    }

    /**
     * Decides on a request.
     *
     * @throws RequestProblem if the database does not answer in time
     */
    Admission admit(NewJob job) {
        return answered(
                () -> jobs.admit(job),
                "Nothing was started; try again",
                "It is not known whether the request was taken; repeat it with the same id or"
                        + " Idempotency-Key, and it counts once");
    }

    /**
     * The job of a kind and id, if it was accepted and is not forgotten.
     *
     * @throws RequestProblem if the database does not answer in time
     */
    public Optional<Job> find(JobKind kind, UUID id) {
        String unknown = "Whether it was accepted a moment ago cannot be said; try again";
        return answered(() -> jobs.find(kind, id), unknown, unknown);
    }

    /**
     * @param unasked what the caller is told when the question is not even asked
     * @param unanswered when it is not known what became of it
     */
    private <T> T answered(Supplier<T> question, String unasked, String unanswered) {
        if (!schema.isReady()) {
            throw RequestProblem.unavailable(ProblemCode.DATABASE_UNAVAILABLE, unasked);
        }
        try {
            return question.get();
        } catch (DataAccessException e) {
            LOG.warn("The database does not do its part: {}", e.toString());
            throw RequestProblem.unavailable(ProblemCode.DATABASE_UNAVAILABLE, unanswered);
        }
    }
}
