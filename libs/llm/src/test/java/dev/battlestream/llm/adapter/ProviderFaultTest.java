package dev.battlestream.llm.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ModelException.Kind;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers say when they fail, as their documentation has it, in our terms. */
class ProviderFaultTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "302 |                                                                | BAD_REQUEST",
                "400 | {\"error\":{\"code\":\"invalid_request_error\"}}               | BAD_REQUEST",
                "400 | {\"error\":{\"code\":\"content_filter\"}}                      | REFUSED",
                "400 | {\"error\":{\"code\":\"content_policy_violation\"}}            | REFUSED",
                "400 | {\"error\":{\"code\":\"context_length_exceeded\"}}             | CONTEXT_TOO_LONG",
                "400 | {\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens. However, you requested 5000\",\"type\":\"BadRequestError\",\"code\":400} | CONTEXT_TOO_LONG",
                "400 | {\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\",\"type\":\"exceed_context_size_error\"}} | CONTEXT_TOO_LONG",
                "401 | {\"error\":{\"code\":\"invalid_api_key\"}}                     | AUTH",
                "402 | {\"error\":{\"code\":402,\"message\":\"Insufficient credits\"}} | AUTH",
                "403 | {\"error\":{\"code\":\"unsupported_country_region_territory\"}} | AUTH",
                "403 | {\"error\":{\"code\":403,\"message\":\"requires moderation and your input was flagged\"}} | REFUSED",
                "404 | {\"error\":{\"code\":\"model_not_found\"}}                     | UNKNOWN_MODEL",
                "408 |                                                                | TIMEOUT",
                "409 |                                                                | OVERLOADED",
                "413 |                                                                | CONTEXT_TOO_LONG",
                "422 | {\"detail\":\"unprocessable\"}                                 | BAD_REQUEST",
                "425 |                                                                | OVERLOADED",
                "429 | {\"error\":{\"code\":\"rate_limit_exceeded\"}}                 | RATE_LIMITED",
                "429 | {\"error\":{\"type\":\"insufficient_quota\"}}                  | AUTH",
                "500 | <html>oops</html>                                              | OVERLOADED",
                "500 | maximum context length of the gateway is unknown               | OVERLOADED",
                "502 |                                                                | OVERLOADED",
                "503 |                                                                | OVERLOADED",
                "504 |                                                                | TIMEOUT"
            })
    void answersInTheStyleOfOpenAi(int status, @Nullable String body, Kind kind) {
        assertThat(ofStatus(status, body == null ? "" : body).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_request_error | messages: roles must alternate           | BAD_REQUEST",
                "400 | invalid_request_error | prompt is too long: 210000 tokens > 200000 maximum | CONTEXT_TOO_LONG",
                "400 | invalid_request_error | input length and max_tokens exceed context limit: 190000 + 20000 > 200000 | CONTEXT_TOO_LONG",
                "400 | invalid_request_error | Your credit balance is too low to access the API | AUTH",
                "401 | authentication_error  | invalid x-api-key                        | AUTH",
                "402 | billing_error         | payment required                         | AUTH",
                "403 | permission_error      | not allowed                              | AUTH",
                "404 | not_found_error       | model: claude-none                       | UNKNOWN_MODEL",
                "413 | request_too_large     | Request exceeds the maximum size         | CONTEXT_TOO_LONG",
                "429 | rate_limit_error      | slow down                                | RATE_LIMITED",
                "500 | api_error             | Internal server error                    | OVERLOADED",
                "504 | timeout_error         | The request timed out                    | TIMEOUT",
                "529 | overloaded_error      | Overloaded                               | OVERLOADED"
            })
    void answersAndEventsInTheStyleOfAnthropic(int status, String type, String message, Kind kind) {
        String body =
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                        .formatted(type, message);

        ProviderFault answer = ofStatus(status, body);
        ProviderFault event = ProviderFault.ofEvent(body);

        assertThat(answer.kind()).isEqualTo(kind);
        assertThat(answer.what()).isEqualTo("answered HTTP %d (%s)".formatted(status, type));
        assertThat(answer.charged()).isFalse();
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.charged()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"error\":{\"message\":\"oops\",\"type\":\"server_error\"}}        | OVERLOADED",
                "{\"error\":{\"message\":\"slow down\",\"code\":429}}               | RATE_LIMITED",
                "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}} | BAD_REQUEST",
                "{\"error\":{\"message\":\"no\",\"type\":\"invalid_prompt\"}}        | BAD_REQUEST",
                "{\"error\":{\"message\":\"Provider returned error\",\"code\":502}}  | OVERLOADED",
                "{\"choices\":[],\"error\":\"something broke\"}                      | OVERLOADED"
            })
    void eventsInTheStyleOfOpenAi(String event, Kind kind) {
        assertThat(ProviderFault.ofEvent(event).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After    | 7                             | PT7S",
                "Retry-After    | 0.25                          | PT0.25S",
                "Retry-After    | Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S",
                "Retry-After    | Wed, 31 Dec 2025 00:00:00 GMT | PT0S",
                "retry-after-ms | 1500                          | PT1.5S"
            })
    void whatAServerAsksToWait(String header, String value, Duration wait) {
        assertThat(RetryAfter.of(headers(Map.of(header, value)), NOW)).hasValue(wait);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999", "1e9"})
    void whatCannotBeReadAsksNothing(String value) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", value)), NOW)).isEmpty();
    }

    @Test
    void aCodeThatIsNoneIsNotRepeated() {
        assertThat(ofStatus(400, "{\"code\":\"sk-Secret Key\",\"type\":\"Has Spaces\"}").what())
                .isEqualTo("answered HTTP 400");
    }

    private static ProviderFault ofStatus(int status, String body) {
        return ProviderFault.ofStatus(status, body, headers(Map.of()), NOW);
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        return HttpHeaders.of(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
                (_, _) -> true);
    }
}
