package dev.battlestream.report.battle.adapter;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One instance of short patience, on a real broker and registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneInstance {

    static final Duration SOON = Duration.ofSeconds(30);

    final Publisher publisher = new Publisher();
    ReportFork service;

    @BeforeAll
    void start(@TempDir Path state) {
        service =
                ReportFork.start(
                        "api-1",
                        state,
                        "--server.jetty.connection-idle-timeout=1s",
                        "--battlestream.report.followers.heartbeat=300ms",
                        "--battlestream.report.followers.appear-within=700ms",
                        "--battlestream.report.followers.most=4");
    }

    @AfterAll
    void stop() {
        publisher.close();
        service.close();
    }

    static String newBattle() {
        return UUID.randomUUID().toString();
    }

    void publishTurn(String id, int seq, int turn) {
        publisher.publish(Records.agent(id, seq, turn));
        publisher.publish(Records.verdict(id, turn, seq));
    }

    JsonNode awaitState(String id, String state) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = service.get("/internal/battles/" + id);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body())
                                    .path("state")
                                    .asString()
                                    .equals(state);
                });
        return service.json("/internal/battles/" + id);
    }

    JsonNode awaitEnded(String id) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = service.get("/internal/battles/" + id);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body()).has("endedReason");
                });
        return service.json("/internal/battles/" + id);
    }
}
