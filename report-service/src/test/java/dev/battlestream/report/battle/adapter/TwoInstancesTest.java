package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the partitions, and each answers for all battles. */
class TwoInstancesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void eachInstanceAnswersForEveryBattleAndOneTakesOverWhenTheOtherDies(@TempDir Path state) {
        try (ReportFork one = ReportFork.start("pair-1", state);
                ReportFork two = ReportFork.start("pair-2", state);
                Publisher publisher = new Publisher()) {
            await().atMost(SOON).until(() -> partitions(one) > 0 && partitions(two) > 0);
            List<String> battles =
                    Stream.generate(() -> UUID.randomUUID().toString()).limit(12).toList();

            for (String id : battles) {
                publisher.publish(Records.requested(id));
                publisher.publish(Records.agent(id, 1, 1));
            }
            for (String id : battles) {
                awaitRunning(one, id);
                awaitRunning(two, id);
                String path = "/internal/battles/" + id + "/messages";
                assertThat(two.get(path).body()).isEqualTo(one.get(path).body());
            }

            List<Follower> throughOne = new ArrayList<>();
            List<Follower> throughTwo = new ArrayList<>();
            for (String id : battles) {
                throughOne.add(Follower.of(one, id, "0"));
                throughTwo.add(Follower.of(two, id, "0"));
            }
            tellEverybody(publisher, battles, throughOne, throughTwo);
            for (String id : battles) {
                publisher.publish(Records.verdict(id, 1, 1));
                publisher.publish(Records.agent(id, 2, 2));
            }
            for (Follower follower :
                    Stream.concat(throughOne.stream(), throughTwo.stream()).toList()) {
                await().atMost(SOON)
                        .untilAsserted(() ->
                                assertThat(follower.cursors()).containsExactly("2", "3", "4"));
            }
            throughOne.forEach(Follower::close);

            two.kill();
            for (Follower follower : throughTwo) {
                await().atMost(SOON).until(follower::closedByService);
            }
            for (String id : battles) {
                publisher.publish(Records.verdict(id, 2, 2));
                publisher.publish(Records.ended(id, EndReason.LIMIT, 2, 2, 2));
            }
            for (String id : battles) {
                await().atMost(SOON).until(() -> answers(one, id));
                try (Follower follower = Follower.of(one, id, "4")) {
                    await().atMost(SOON).until(follower::hasEnded);
                    assertThat(follower.cursors()).containsExactly("5");
                }
            }
        }
    }

    /** What is written of a message reaches followers through either instance. */
    private static void tellEverybody(
            Publisher publisher,
            List<String> battles,
            List<Follower> throughOne,
            List<Follower> throughTwo) {
        AtomicInteger index = new AtomicInteger();
        await().atMost(SOON)
                .until(() -> {
                    for (String id : battles) {
                        publisher.publish(Records.delta(id, 2, index.getAndIncrement(), 0, "so"));
                    }
                    return Stream.concat(throughOne.stream(), throughTwo.stream())
                            .allMatch(TwoInstancesTest::hasDelta);
                });
    }

    private static boolean hasDelta(Follower follower) {
        return follower.events().stream().anyMatch(event -> event.name().equals("delta"));
    }

    /** Whether the instance answers; while it does not, it must say so as a passing fault. */
    private static boolean answers(ReportFork instance, String id) {
        HttpResponse<String> answer = instance.get("/internal/battles/" + id);
        if (answer.statusCode() == 200) {
            return true;
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        return false;
    }

    private static void awaitRunning(ReportFork instance, String id) {
        await().atMost(SOON)
                .until(() ->
                        instance.get("/internal/battles/" + id).body().contains("\"running\""));
    }

    private static int partitions(ReportFork instance) {
        return instance.json("/internal/views").path("partitions").size();
    }
}
