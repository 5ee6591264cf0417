package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a job tells where nothing is reported. A job stands in also while the archive is away, which
 * is asked for whatever no view knows: who has just started something need not wait for that.
 */
public final class Accepted {

    private Accepted() {}

    /**
     * What is reported, else what the job tells.
     *
     * @throws RequestProblem if neither tells anything and the archive, which may, is away
     */
    public static <T> Optional<T> or(
            Supplier<Optional<T>> reported, Supplier<Optional<T>> accepted) {
        try {
            return reported.get().or(accepted);
        } catch (RequestProblem e) {
            if (e.code() != ProblemCode.ARCHIVE_UNAVAILABLE) {
                throw e;
            }
            return Optional.of(
                    accepted.get()
                            .orElseThrow(() ->
                                    RequestProblem.unavailable(
                                            ProblemCode.REPORT_UNAVAILABLE, e.detail())));
        }
    }
}
