package dev.battlestream.gateway.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that ends with a problem document. Thrown only between a controller and the advice that
 * writes it; its message is told to the caller and holds nothing internal.
 */
public final class RequestProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final transient Optional<Duration> retryAfter;

    private RequestProblem(
            ProblemCode code,
            String detail,
            List<FieldError> errors,
            Optional<Duration> retryAfter) {
        super(detail);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A refusal that stays one however often the request is repeated. */
    public static RequestProblem of(ProblemCode code, String detail) {
        return new RequestProblem(code, detail, List.of(), Optional.empty());
    }

    /** A request that breaks rules; tells all of them. */
    public static RequestProblem invalid(List<FieldError> errors) {
        return broken(ProblemCode.INVALID_REQUEST, errors);
    }

    /** The same under another code than {@code invalid_request}. */
    public static RequestProblem broken(ProblemCode code, List<FieldError> errors) {
        String detail =
                errors.size() == 1
                        ? "%s: %s".formatted(errors.getFirst().field(), errors.getFirst().message())
                        : "%d rules are broken; see errors".formatted(errors.size());
        return new RequestProblem(code, detail, errors, Optional.empty());
    }

    /** A request that may be repeated after a while, in whole seconds of at least 1. */
    public static RequestProblem passing(ProblemCode code, String detail, Duration retryAfter) {
        return new RequestProblem(code, detail, List.of(), Optional.of(retryAfter));
    }

    /** A dependency that does not answer. */
    public static RequestProblem unavailable(ProblemCode code, String detail) {
        return passing(code, detail, Duration.ofSeconds(2));
    }

    public ProblemCode code() {
        return code;
    }

    /** What the caller is told. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
