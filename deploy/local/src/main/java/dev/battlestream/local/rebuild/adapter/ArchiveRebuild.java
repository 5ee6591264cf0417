package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.platform.adapter.Progress;
import dev.battlestream.local.rebuild.Reach;
import dev.battlestream.local.rebuild.Stretch;
import dev.battlestream.local.report.Place;
import dev.battlestream.local.report.adapter.Positions;
import dev.battlestream.local.report.adapter.ReportService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Drops from the archive what the log can tell again and has the report service archive it anew.
 * What is older than the log stays as it is.
 *
 * <p>Interrupted anywhere, it leaves an archive that fills itself: the offsets go back first, and a
 * record that is archived again is dropped as repeated. Then rows go, all of a battle together;
 * those that are gone are filled by the log whenever the service starts.
 */
public final class ArchiveRebuild {

    /** The consumer group of the archive. */
    private static final String GROUP = ReportService.Source.ARCHIVE.group();

    private final Platform platform;

    /** What stays as it is, because it is older than the log. */
    public record Kept(long battles, long runs) {}

    public ArchiveRebuild(Platform platform) {
        this.platform = platform;
    }

    /** Why the log cannot tell the archive again; empty if it can. */
    public Optional<String> refusal() {
        try (Broker broker = broker()) {
            Map<Place, Long> requested = new HashMap<>();
            Reach.requests().forEach(topic -> requested.putAll(broker.firstTimes(topic, false)));
            Map<Place, Long> cut = new HashMap<>();
            Reach.following().forEach(topic -> cut.putAll(broker.firstTimes(topic, true)));
            return Reach.missing(requested, cut);
        }
    }

    /** How much of the log there is to archive. */
    public Stretch toFold() {
        try (Broker broker = broker()) {
            return broker.stretch(topics());
        }
    }

    /** Drops the rows; the report service is stopped for that and started again. */
    public Kept drop(Progress progress, Folded dropped) {
        return platform.whileStopped(
                Component.REPORT,
                progress,
                () -> {
                    try (Broker broker = broker();
                            ArchiveRows rows = new ArchiveRows(platform.home().databaseUrl())) {
                        broker.awaitEmpty(GROUP);
                        broker.toBeginning(GROUP, topics());
                        rows.drop(
                                taker ->
                                        Reach.requests()
                                                .forEach(topic ->
                                                        broker.forEachKey(
                                                                topic,
                                                                key ->
                                                                        canonical(key)
                                                                                .ifPresent(taker))),
                                dropped);
                        return new Kept(rows.battles(), rows.runs());
                    }
                });
    }

    /** Only what has a UUID in its only form for an id is archived. */
    private static Optional<UUID> canonical(String key) {
        try {
            UUID id = UUID.fromString(key);
            return id.toString().equals(key) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Waits until that much is archived; false when it is not within the limit. */
    public boolean awaitFolded(Stretch stretch, Duration limit, Folded folded) {
        try (ReportService report =
                        new ReportService(platform.home().ports().url(Component.REPORT));
                Positions positions =
                        new Positions(report, platform.home().ports().bootstrapServers())) {
            return new FoldWatch(positions, ReportService.Source.ARCHIVE, folded)
                    .await(stretch, limit);
        }
    }

    private static List<String> topics() {
        return Stream.concat(Reach.requests().stream(), Reach.following().stream()).toList();
    }

    private Broker broker() {
        return new Broker(platform.home().ports().bootstrapServers());
    }
}
