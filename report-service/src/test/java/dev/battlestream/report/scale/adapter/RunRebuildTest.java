package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.report.battle.adapter.Publisher;
import dev.battlestream.report.battle.adapter.ReportFork;
import dev.battlestream.testkit.Infra;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The view of runs is nothing but a fold of the log: it can be dropped and built again. */
class RunRebuildTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Also the consumer group, and how the topics of the stores begin. */
    private static final String APPLICATION = "battlestream-report";

    @Test
    void aReportIsTheSameToTheByteWhenItsViewIsBuiltAgainFromTheLog(@TempDir Path state)
            throws Exception {
        List<String> runs = Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList();
        List<Told> before;
        try (ReportFork service = ReportFork.start("rebuild-1", state);
                Publisher publisher = new Publisher()) {
            runs.forEach(id -> publish(publisher, id));
            before = runs.stream().map(id -> told(service, id)).toList();
        }

        drop(state);

        try (ReportFork service = ReportFork.start("rebuild-1", state)) {
            assertThat(runs.stream().map(id -> told(service, id)).toList()).isEqualTo(before);
        }
    }

    /** With all that counts twice, and with ends in another order than launches. */
    private static void publish(Publisher publisher, String id) {
        publisher.publish(RunRecords.requested(id, 3));
        for (int index = 1; index <= 3; index++) {
            publisher.publish(RunRecords.launched(id, index));
        }
        publisher.publish(RunRecords.ended(id, 3, EndReason.GOAL));
        publisher.publish(RunRecords.ended(id, 1, EndReason.ERROR));
        publisher.publish(RunRecords.ended(id, 3, EndReason.LIMIT));
        publisher.publish(RunRecords.ended(id, 2, EndReason.LIMIT));
        publisher.publish(RunRecords.outcome(id, RunEndReason.COMPLETED, 3));
        publisher.publish(RunRecords.outcome(id, RunEndReason.MANUAL, 1));
        publisher.publish(RunRecords.requested(id, 9));
    }

    /** A report in all its forms. */
    private record Told(String json, String html, String csv) {}

    private static Told told(ReportFork service, String id) {
        String path = "/internal/runs/" + id + "/report";
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = service.get(path);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body()).has("specification")
                            && service.metric("battlestream_report_lag") == 0;
                });
        return new Told(
                service.get(path).body(),
                service.get(path + "?format=html").body(),
                service.get(path + "?format=csv").body());
    }

    /** Leaves nothing of the view but the log that it is folded from. */
    private static void drop(Path state) throws Exception {
        FileSystemUtils.deleteRecursively(state);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Infra.shared().bootstrapServers()))) {
            Set<String> changelogs = changelogs(admin);
            assertThat(changelogs).hasSize(2);
            admin.deleteTopics(changelogs).all().get();
            await().atMost(SOON).until(() -> changelogs(admin).isEmpty());
            // Members that were killed are members until their session ends.
            await().atMost(SOON)
                    .ignoreException(ExecutionException.class)
                    .until(() -> {
                        admin.deleteConsumerGroups(List.of(APPLICATION)).all().get();
                        return true;
                    });
        }
    }

    private static Set<String> changelogs(Admin admin) throws Exception {
        return admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(APPLICATION + "-scale-"))
                .collect(Collectors.toSet());
    }
}
