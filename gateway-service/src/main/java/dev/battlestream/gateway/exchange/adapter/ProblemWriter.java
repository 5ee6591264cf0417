package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problem documents (RFC 9457). Straight to the response, whatever the caller accepts: a
 * refusal must be readable for whoever caused it.
 */
public final class ProblemWriter {

    private final JsonMapper json;
    private final MeterRegistry meters;

    ProblemWriter(JsonMapper json, MeterRegistry meters) {
        this.json =
                json.rebuild()
                        .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                        .build();
        this.meters = meters;
    }

    /** Writes the problem unless the response is already on its way. */
    public void write(
            RequestProblem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        count(problem);
        if (response.isCommitted()) {
            return;
        }
        Correlation correlation = Exchanges.correlation(request);
        response.resetBuffer();
        response.setStatus(problem.code().status());
        response.setHeader(Correlation.REQUEST_ID_HEADER, correlation.requestId());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfter()
                .ifPresent(after -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds(after)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body =
                json.writeValueAsBytes(
                        document(problem, correlation.requestId(), instance(request)));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The document about a request of which nothing can be read. */
    byte[] document(RequestProblem problem, String requestId) {
        count(problem);
        return json.writeValueAsBytes(document(problem, requestId, null));
    }

    private void count(RequestProblem problem) {
        meters.counter("battlestream.gateway.problems", "code", problem.code().code()).increment();
    }

    private static ProblemDetail document(
            RequestProblem problem, String requestId, @Nullable URI instance) {
        ProblemCode code = problem.code();
        ProblemDetail document = ProblemDetail.forStatus(code.status());
        document.setType(URI.create(code.type()));
        document.setTitle(code.title());
        document.setDetail(problem.detail());
        document.setInstance(instance);
        document.setProperty("code", code.code());
        document.setProperty("requestId", requestId);
        if (!problem.errors().isEmpty()) {
            document.setProperty("errors", problem.errors());
        }
        return document;
    }

    /** The path that was asked for; none when it is no URI. */
    private static @Nullable URI instance(HttpServletRequest request) {
        Object original = request.getAttribute("jakarta.servlet.error.request_uri");
        try {
            return new URI(original instanceof String path ? path : request.getRequestURI());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String seconds(Duration after) {
        return Long.toString(Math.max(1, after.plusMillis(999).toSeconds()));
    }
}
