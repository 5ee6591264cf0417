package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a client may ask for, how often, and in which form. */
class LimitsHttpTest extends HttpContract {

    private static final String START = "/api/battles/start";

    @Test
    void startsPerMinuteAreLimitedAndToldWithEveryAnswer() throws Exception {
        try (RunningGateway strict =
                RunningGateway.start(
                        report.url(), Map.of("battlestream.limits.starts-per-minute", "3"))) {
            strict.awaitReady();
            HttpResponse<String> first = strict.post(START, "{}");
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.headers().firstValue("RateLimit-Policy"))
                    .contains("\"starts\";q=3;w=60");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"starts\";r=2;t=");
            assertProblem(
                    strict.post(START, "{\"messageLimit\":0}"),
                    400,
                    "invalid_request",
                    START,
                    "messageLimit");
            strict.post(START, "{}");

            HttpResponse<String> refused = strict.post(START, "{}");

            assertProblem(refused, 429, "rate_limited", START);
            assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
            assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"starts\";r=0;t=");
            assertThat(strict.get("/api/battles/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onlyConfiguredProxiesSayWhoTheClientIs() throws Exception {
        HttpResponse<String> spoofed = gateway.post(START, "{}", "X-Forwarded-For", "198.51.100.1");
        assertThat(client(spoofed)).isEqualTo("address:127.0.0.1");

        try (RunningGateway behindProxy =
                RunningGateway.start(
                        report.url(),
                        Map.of("battlestream.gateway.trusted-proxies", "127.0.0.0/8"))) {
            behindProxy.awaitReady();
            assertThat(
                            client(
                                    behindProxy.post(
                                            START,
                                            "{}",
                                            "X-Forwarded-For",
                                            "6.6.6.6, 198.51.100.1, 127.0.0.9")))
                    .isEqualTo("address:198.51.100.1");
        }
    }

    @Test
    void modelsThatAreNotAllowedAreNamedAndNothingStarts() throws Exception {
        try (RunningGateway strict =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "battlestream.limits.models", "scripted:*,openai:gpt-4o-mini",
                                "battlestream.limits.judge-models", "scripted:judge"))) {
            strict.awaitReady();
            UUID id = UUID.randomUUID();
            assertProblem(
                    strict.post(
                            START,
                            """
                            {"battleId":"%s","model":"openai:gpt-4o",
                             "opponent":{"model":"anthropic:x"},
                             "judge":{"fast":{"model":"openai:gpt-4o-mini"}}}\
                            """
                                    .formatted(id)),
                    400,
                    "model_not_allowed",
                    START,
                    "model",
                    "opponent.model",
                    "judge.fast.model");
            assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).isEmpty();
            assertProblem(
                    strict.post(START, "{\"model\":\"openai:gpt-4o\",\"messageLimit\":26}"),
                    400,
                    "invalid_request",
                    START,
                    "model",
                    "messageLimit");
            for (String allowed : List.of("", "scripted:never", "openai:gpt-4o-mini")) {
                assertThat(strict.post(START, "{\"model\":\"%s\"}".formatted(allowed)).statusCode())
                        .as(allowed)
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void aBodyIsPlainUtf8OrIsRefused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{}".getBytes(UTF_8));
        }
        String unsupported = "unsupported_media_type";
        String json = "application/json";
        assertProblem(sent(packed.toByteArray(), json, "gzip"), 415, unsupported, START);
        assertProblem(sent(bytes("{}"), json, "identity, br"), 415, unsupported, START);
        assertProblem(
                sent("{}".getBytes(UTF_16LE), json + ";charset=utf-16le", "identity"),
                415,
                unsupported,
                START);
        assertProblem(
                sent(bytes("{}"), json + ";charset=klingon", "identity"), 415, unsupported, START);
        assertProblem(
                sent("{}".getBytes(UTF_16LE), json, "identity"), 400, "malformed_json", START);
        assertProblem(
                sent(new byte[] {'"', (byte) 0xc3, '"'}, json, "identity"),
                400,
                "malformed_json",
                START);
        assertThat(sent(bytes("{}"), json + "; charset=\"UTF-8\"", "Identity").statusCode())
                .isEqualTo(202);
        assertThat(sent(bytes("\ufeff{}"), json, "identity").statusCode()).isEqualTo(202);
    }

    @Test
    void evilRegularExpressionsAreAnsweredAtOnce() throws Exception {
        for (String evil :
                List.of(
                        "(a+)+$",
                        "^(([a-z])+.)+[A-Z]([a-z])+$",
                        "(a|aa)+$",
                        "((a{0,1000}){0,1000}){0,1000}",
                        "(.*){1000}(.*){1000}",
                        "(?=a)b")) {
            long begin = System.nanoTime();
            HttpResponse<String> answer =
                    gateway.post(
                            START,
                            RunningGateway.JSON.writeValueAsString(
                                    Map.of(
                                            "judge",
                                            Map.of(
                                                    "validators",
                                                    List.of(
                                                            Map.of(
                                                                    "type", "regex", "pattern",
                                                                    evil))))));
            assertThat(answer.statusCode()).as(evil).isIn(202, 400);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as(evil)
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    private static HttpResponse<String> sent(byte[] body, String type, String coding)
            throws IOException, InterruptedException {
        return gateway.send(
                gateway.request(START)
                        .header("Content-Type", type)
                        .header("Content-Encoding", coding)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String client(HttpResponse<String> started) {
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        UUID id = UUID.fromString(RunningGateway.json(started).get("battleId").asString());
        BattleRequested request = RequestLog.of(Topics.BATTLE_REQUESTS, id).getFirst().value();
        return String.valueOf(request.getClientId());
    }
}
