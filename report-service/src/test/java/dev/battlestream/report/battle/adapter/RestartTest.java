package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One battle, followed and read while the service is killed and stopped under it. */
class RestartTest {

    private static final Logger log = LoggerFactory.getLogger(RestartTest.class);

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String id = UUID.randomUUID().toString();

    @Test
    void aFollowerSeesEverythingOnceAcrossAKillAndARestart(@TempDir Path state) {
        List<String> cursors = new ArrayList<>();
        try (ReportFork service = ReportFork.start("restart-1", state);
                Publisher publisher = new Publisher()) {
            publisher.publish(Records.requested(id));
            publishTurn(publisher, 1);
            try (Follower follower = Follower.of(service, id, "0")) {
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(follower.cursors()).containsExactly("2", "3"));
                publishTurn(publisher, 2);
                await().atMost(SOON).untilAsserted(() -> assertThat(follower.cursors()).hasSize(4));
                service.kill();
                await().atMost(SOON).until(follower::closedByService);
                cursors.addAll(follower.cursors());
            }
            publishTurn(publisher, 3);
            publisher.publish(Records.repeated(Records.agent(id, 3, 3)));
        }

        long killedAt = System.nanoTime();
        try (ReportFork service = ReportFork.start("restart-1", state);
                Publisher publisher = new Publisher()) {
            log.info(
                    "readable again {} ms after the kill",
                    (System.nanoTime() - killedAt) / 1_000_000);
            try (Follower follower = Follower.of(service, id, cursors.getLast())) {
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(follower.cursors()).containsExactly("6", "7"));
                cursors.addAll(follower.cursors());
                Duration stopping = service.stop();
                assertThat(stopping).isLessThan(Duration.ofSeconds(10));
                await().until(follower::closedByService);
                assertThat(follower.brokeOff()).as("a stream that is ended breaks off").isFalse();
            }
            publishTurn(publisher, 4);
            publisher.publish(Records.ended(id, EndReason.GOAL, 4, 4, 4));
        }

        try (ReportFork service = ReportFork.start("restart-1", state)) {
            try (Follower follower = Follower.of(service, id, cursors.getLast())) {
                await().atMost(SOON).until(follower::hasEnded);
                await().atMost(SOON).until(follower::closedByService);
                cursors.addAll(follower.cursors());
                JsonNode last = follower.events().getLast().data();
                assertThat(last.path("state").asString()).isEqualTo("completed");
                assertThat(last.path("complete").asBoolean()).isTrue();
            }
            assertThat(cursors).containsExactly("2", "3", "4", "5", "6", "7", "8", "9");

            JsonNode page = service.json("/internal/battles/" + id + "/messages?limit=3");
            assertThat(page.path("messages").findValuesAsString("content"))
                    .containsExactly("agent 1", "agent 2", "agent 3");
            assertThat(page.path("nextSeq").asInt()).isEqualTo(3);
            assertThat(page.path("complete").asBoolean()).isFalse();
            JsonNode rest = service.json("/internal/battles/" + id + "/messages?sinceSeq=3");
            assertThat(rest.path("messages").size()).isEqualTo(1);
            assertThat(rest.path("total").asInt()).isEqualTo(4);
            assertThat(rest.path("complete").asBoolean()).isTrue();
        }
    }

    private void publishTurn(Publisher publisher, int turn) {
        publisher.publish(Records.agent(id, turn, turn));
        publisher.publish(Records.verdict(id, turn, turn));
    }
}
