package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.platform.adapter.Progress;
import dev.battlestream.local.rebuild.Stretch;
import dev.battlestream.local.rebuild.View;
import dev.battlestream.local.report.adapter.Positions;
import dev.battlestream.local.report.adapter.ReportService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Drops views and has the report service fold them again from the log.
 *
 * <p>Interrupted anywhere, it leaves what the service can start from, and doing it again finishes
 * it. The offsets go back first: a view that reads the log again as it is drops all as repeated.
 * Then its stores go, which the changelogs would restore. Then the changelogs go, one by one: a
 * store that is left fills no place twice, and one that is gone is filled by the log.
 */
public final class ViewRebuild {

    private final Platform platform;
    private final Set<View> views;

    /**
     * @param views those that are dropped
     */
    public ViewRebuild(Platform platform, Set<View> views) {
        this.platform = platform;
        this.views = Set.copyOf(views);
    }

    /** How much of the log there is to fold. */
    public Stretch toFold() {
        try (Broker broker = broker()) {
            return broker.stretch(topics());
        }
    }

    /**
     * Drops the views; the report service is stopped for that and started again.
     *
     * @return how much of the log there is to fold then
     */
    public Stretch drop(Progress progress) {
        return platform.whileStopped(
                Component.REPORT,
                progress,
                () -> {
                    try (Broker broker = broker()) {
                        broker.awaitEmpty(View.APPLICATION);
                        broker.toBeginning(View.APPLICATION, topics());
                        List<String> stores =
                                views.stream()
                                        .map(View::stores)
                                        .flatMap(Collection::stream)
                                        .toList();
                        new StateFolders(platform.home().state(Component.REPORT))
                                .drop(View.APPLICATION, stores);
                        broker.delete(
                                views.stream()
                                        .map(View::changelogs)
                                        .flatMap(Collection::stream)
                                        .toList());
                        return broker.stretch(topics());
                    }
                });
    }

    /** Waits until the views have folded that much; false when they have not within the limit. */
    public boolean awaitFolded(Stretch stretch, Duration limit, Folded folded) {
        try (ReportService report =
                        new ReportService(platform.home().ports().url(Component.REPORT));
                Positions positions =
                        new Positions(report, platform.home().ports().bootstrapServers())) {
            return new FoldWatch(positions, ReportService.Source.VIEWS, folded)
                    .await(stretch, limit);
        }
    }

    private List<String> topics() {
        return views.stream().map(View::topics).flatMap(Collection::stream).toList();
    }

    private Broker broker() {
        return new Broker(platform.home().ports().bootstrapServers());
    }
}
