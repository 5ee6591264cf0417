package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the report service's internal API. Connections are pooled and kept; an answer that is late,
 * broken or too large counts as none, and the caller is told to come again.
 */
final class ReportHttp {

    private static final Logger LOG = LoggerFactory.getLogger(ReportHttp.class);

    /** All messages that a battle can have, each of the largest size that a record can have. */
    private static final long MAX_ANSWER_BYTES = 64L * 1024 * 1024;

    /** No view knows it, and the archive, which may, does not answer. */
    private static final String ARCHIVE_AWAY = "archive_unavailable";

    private final HttpClient http;
    private final JsonMapper json;
    private final URI base;
    private final Duration timeout;

    ReportHttp(HttpClient http, JsonMapper json, ReportProperties properties) {
        this.http = http;
        this.json = json;
        this.base = properties.url();
        this.timeout = properties.timeout();
    }

    /** An answer of any status. */
    final class Answer {

        private final HttpResponse<byte[]> response;

        private Answer(HttpResponse<byte[]> response) {
            this.response = response;
        }

        int status() {
            return response.statusCode();
        }

        /**
         * What a successful answer holds.
         *
         * @throws RequestProblem if it is none
         */
        <T> T as(Class<T> type) {
            checkSuccessful();
            return read(type);
        }

        /**
         * The same as it came.
         *
         * @throws RequestProblem if it is none
         */
        byte[] bytes() {
            checkSuccessful();
            return response.body();
        }

        private void checkSuccessful() {
            if (status() == 503 && problem().path("code").asString("").equals(ARCHIVE_AWAY)) {
                throw RequestProblem.unavailable(
                        ProblemCode.ARCHIVE_UNAVAILABLE,
                        "What happened longer ago cannot be read at the moment");
            }
            if (status() != 200) {
                LOG.warn("The report service answered with status {}", status());
                throw unavailable();
            }
        }

        /** The problem that a refusing answer holds. */
        JsonNode problem() {
            return read(JsonNode.class);
        }

        private <T> T read(Class<T> type) {
            try {
                return json.readValue(response.body(), type);
            } catch (JacksonException e) {
                LOG.error(
                        "The report service's answer is no {}: {}",
                        type.getSimpleName(),
                        Faults.told(e));
                throw unavailable();
            }
        }
    }

    /** Asks for a path with its query. */
    Answer get(String path, Correlation correlation) {
        return get(path, "application/json", correlation);
    }

    /** The same for an answer of another media type than JSON. */
    Answer get(String path, String mediaType, Correlation correlation) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(timeout)
                        .header("Accept", mediaType);
        correlate(request, correlation);
        return new Answer(send(request.build()));
    }

    /** Passes on who caused the request. */
    static void correlate(HttpRequest.Builder request, Correlation correlation) {
        request.header(Correlation.REQUEST_ID_HEADER, correlation.requestId());
        if (correlation.traceparent() != null) {
            request.header(Correlation.TRACEPARENT_HEADER, correlation.traceparent());
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        // The request's own time-out ends at the headers; this one holds for the body as well.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            LOG.warn("The report service does not answer: {}", Faults.told(e));
            throw unavailable();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static RequestProblem unavailable() {
        return RequestProblem.unavailable(
                ProblemCode.REPORT_UNAVAILABLE,
                "Reads are not possible at the moment; battles go on meanwhile");
    }
}
