package dev.battlestream.report.battle.adapter;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every error as problem details with a stable code and the request's id. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final int ASSIGNMENT_TAKES_S = 1;
    private static final int FOLLOWERS_TAKE_S = 5;

    @ExceptionHandler
    ResponseEntity<Object> unknown(UnknownBattleException e, HttpServletRequest request) {
        return problem(HttpStatus.NOT_FOUND, "not_found", e, request).build();
    }

    /** Not found to whoever asks the gateway, which is to ask nobody else. */
    @ExceptionHandler
    ResponseEntity<Object> deleted(DeletedBattleException e, HttpServletRequest request) {
        return problem(HttpStatus.GONE, "deleted", e, request).build();
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RefusedException e, HttpServletRequest request) {
        return problem(e.status(), e.code(), e, request).build();
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequestException e, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, "invalid_request", e, request)
                .errors(
                        e.faults().entrySet().stream()
                                .map(fault ->
                                        Map.of(
                                                "field",
                                                fault.getKey(),
                                                "message",
                                                fault.getValue()))
                                .toList())
                .build();
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(ViewUnavailableException e, HttpServletRequest request) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "views_unavailable", e, request)
                .retryAfter(ASSIGNMENT_TAKES_S)
                .build();
    }

    @ExceptionHandler
    ResponseEntity<Object> away(OutageException e, HttpServletRequest request) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, e.code(), e, request)
                .retryAfter(Math.toIntExact(e.retryAfter().toSeconds()))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<Object> full(TooManyFollowersException e, HttpServletRequest request) {
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "too_many_streams", e, request)
                .retryAfter(FOLLOWERS_TAKE_S)
                .build();
    }

    /** Nobody is left to be answered. */
    @ExceptionHandler
    void gone(IOException e) {
        log.debug("a client went away: {}", e.getClass().getSimpleName());
    }

    @ExceptionHandler
    ResponseEntity<Object> bug(Exception e, HttpServletRequest request) {
        log.error("a request failed requestId={}", RequestIds.of(request), e);
        return problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal_error",
                        new IllegalStateException("the request failed"),
                        request)
                .build();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (request instanceof ServletWebRequest web) {
            Draft draft =
                    problem(
                            status,
                            status.value() == HttpStatus.NOT_FOUND.value()
                                    ? "not_found"
                                    : "invalid_request",
                            new IllegalArgumentException(detail(body, status)),
                            web.getRequest());
            draft.headers.putAll(headers);
            return draft.build();
        }
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    private static String detail(@Nullable Object body, HttpStatusCode status) {
        return body instanceof ProblemDetail problem && problem.getDetail() != null
                ? problem.getDetail()
                : "status " + status.value();
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Draft problem(
            HttpStatusCode status, String code, Exception e, HttpServletRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, text(e));
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("code", code);
        problem.setProperty("requestId", RequestIds.of(request));
        return new Draft(problem);
    }

    private static final class Draft {

        private final ProblemDetail problem;
        private final HttpHeaders headers = new HttpHeaders();

        Draft(ProblemDetail problem) {
            this.problem = problem;
        }

        Draft errors(List<Map<String, String>> errors) {
            problem.setProperty("errors", errors);
            return this;
        }

        Draft retryAfter(int seconds) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
            return this;
        }

        ResponseEntity<Object> build() {
            // Said outright: a client that asked for an event stream gets its problem, too.
            headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
        }
    }
}
