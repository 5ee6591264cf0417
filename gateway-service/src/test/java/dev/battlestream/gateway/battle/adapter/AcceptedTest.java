package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AcceptedTest {

    @Test
    void whatIsReportedCountsAndElseTheJob() {
        assertThat(Accepted.or(() -> Optional.of("seen"), AcceptedTest::notAsked)).hasValue("seen");
        assertThat(Accepted.or(Optional::empty, () -> Optional.of("queued"))).hasValue("queued");
        assertThat(Accepted.or(Optional::empty, Optional::<String>empty)).isEmpty();
    }

    @Test
    void aJobStandsInWhileTheArchiveIsAway() {
        assertThat(Accepted.or(away(ProblemCode.ARCHIVE_UNAVAILABLE), () -> Optional.of("queued")))
                .hasValue("queued");
    }

    @Test
    void whatOnlyTheArchiveMayKnowIsUnavailableWhileItIsAway() {
        assertThatThrownBy(() ->
                        Accepted.or(away(ProblemCode.ARCHIVE_UNAVAILABLE), Optional::<String>empty))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem ->
                                assertThat(problem.code())
                                        .isEqualTo(ProblemCode.REPORT_UNAVAILABLE));
    }

    @Test
    void anotherFaultIsNoReasonToAskTheJob() {
        assertThatThrownBy(() ->
                        Accepted.or(away(ProblemCode.REPORT_UNAVAILABLE), AcceptedTest::notAsked))
                .isInstanceOf(RequestProblem.class);
    }

    private static Supplier<Optional<String>> away(ProblemCode code) {
        return () -> {
            throw RequestProblem.unavailable(code, "away");
        };
    }

    private static Optional<String> notAsked() {
        throw new AssertionError("asked");
    }
}
