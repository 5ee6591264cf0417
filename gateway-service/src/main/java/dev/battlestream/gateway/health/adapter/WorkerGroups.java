package dev.battlestream.gateway.health.adapter;

import dev.battlestream.gateway.health.Workers;
import dev.battlestream.gateway.health.Workers.Member;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Asks the broker who is in the consumer groups of the workers. Their heartbeats keep them there,
 * so that instances need no addresses that somebody has to configure, however many there are.
 */
final class WorkerGroups {

    private final Admin admin;
    private final Map<String, String> groups;

    /**
     * @param groups of each role
     */
    WorkerGroups(Admin admin, Map<String, String> groups) {
        this.admin = admin;
        this.groups = Map.copyOf(groups);
    }

    /** The workers of each role; each future fails when the broker does not answer in time. */
    Map<String, CompletableFuture<Workers>> ask(Duration timeout) {
        var described =
                admin.describeConsumerGroups(
                                List.copyOf(groups.values()),
                                new DescribeConsumerGroupsOptions()
                                        .timeoutMs((int) timeout.toMillis()))
                        .describedGroups();
        Map<String, CompletableFuture<Workers>> workers = new LinkedHashMap<>();
        groups.forEach((role, group) -> {
            var answer = described.get(group);
            if (answer == null) {
                throw new IllegalStateException("nothing was asked about " + group);
            }
            workers.put(
                    role,
                    answer.toCompletionStage()
                            .toCompletableFuture()
                            .handle((found, failed) -> {
                                if (failed == null) {
                                    return workers(found);
                                }
                                // A group that never had a member does not exist.
                                return failed instanceof GroupIdNotFoundException
                                                || failed.getCause()
                                                        instanceof GroupIdNotFoundException
                                        ? Workers.of(true, List.of())
                                        : Workers.UNKNOWN;
                            }));
        });
        return workers;
    }

    private static Workers workers(ConsumerGroupDescription group) {
        return Workers.of(
                group.groupState() == GroupState.STABLE,
                group.members().stream()
                        .map(member -> new Member(member.clientId(), member.host()))
                        .toList());
    }
}
