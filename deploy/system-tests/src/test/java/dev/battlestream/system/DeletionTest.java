package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.testkit.Folders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A deleted battle is nowhere to be read, also when the views have lost everything and are built
 * again from the log, which still has it.
 */
@Timeout(300)
class DeletionTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GROUP = "battlestream-report";

    private static final List<String> READS =
            List.of("", "/status", "/messages", "/verdicts", "/stream");

    private final Platform platform =
            Platform.shared()
                    .with(
                            ServiceKind.RUNNER,
                            ServiceKind.JUDGE,
                            ServiceKind.REPORT,
                            ServiceKind.GATEWAY);
    private final ServiceProcess report = platform.service(ServiceKind.REPORT);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Gateway gateway = new Gateway(platform.service(ServiceKind.GATEWAY));

    @AfterEach
    void close() {
        gateway.close();
        http.close();
        platform.with(ServiceKind.REPORT);
    }

    @Test
    void aDeletedBattleStaysDeletedWhenTheViewsAreBuiltAgain() throws Exception {
        String deleted = ended();
        String kept = ended();
        assertThat(gateway.get("/api/battles/%s/messages".formatted(deleted))).contains("content");

        assertThat(status("DELETE", deleted, "")).isEqualTo(202);

        await().atMost(SOON).until(() -> status("GET", deleted, "") == 404);
        assertNothingIsRead(deleted);

        report.kill();
        forgetTheViews();
        report.start().awaitReady();

        // The views are there again once they know what else there was.
        await().atMost(SOON).until(() -> status("GET", kept, "/messages") == 200);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(gateway.status(kept).path("endedReason").asText())
                                .isEqualTo("goal"));
        await().atMost(SOON).until(this::nothingIsLeftToRead);
        assertNothingIsRead(deleted);
        assertThat(status("DELETE", deleted, "")).isEqualTo(404);
    }

    private String ended() throws Exception {
        String battle = gateway.start(new ObjectMapper().createObjectNode().put("messageLimit", 5));
        await().atMost(SOON).until(() -> gateway.status(battle).has("endedReason"));
        return battle;
    }

    private void assertNothingIsRead(String battle) throws Exception {
        for (String read : READS) {
            assertThat(status("GET", battle, read)).as(read).isEqualTo(404);
        }
    }

    private int status(String method, String battle, String read) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                platform.service(ServiceKind.GATEWAY).url()
                                                        + "/api/battles/"
                                                        + battle
                                                        + read))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .timeout(SOON)
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** Their stores, the changelogs of these, and how far they have read. */
    private void forgetTheViews() throws Exception {
        Folders.delete(report.state());
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                platform.infra().bootstrapServers()))) {
            // A killed static member is missed after its session time-out only.
            await().atMost(SOON)
                    .until(() ->
                            admin
                                    .describeConsumerGroups(List.of(GROUP))
                                    .all()
                                    .get()
                                    .values()
                                    .stream()
                                    .allMatch(group -> group.groupState() == GroupState.EMPTY));
            admin.deleteConsumerGroups(List.of(GROUP)).all().get();
            List<String> changelogs = changelogs(admin);
            assertThat(changelogs).isNotEmpty();
            admin.deleteTopics(changelogs).all().get();
            await().atMost(SOON).until(() -> changelogs(admin).isEmpty());
        }
    }

    private static List<String> changelogs(Admin admin)
            throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(GROUP) && topic.endsWith("-changelog"))
                .toList();
    }

    private boolean nothingIsLeftToRead() throws Exception {
        String views =
                http.send(
                                HttpRequest.newBuilder(URI.create(report.url() + "/internal/views"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
        for (var partition : new ObjectMapper().readTree(views).path("partitions")) {
            if (partition.path("lag").asLong() > 0) {
                return false;
            }
        }
        return true;
    }
}
