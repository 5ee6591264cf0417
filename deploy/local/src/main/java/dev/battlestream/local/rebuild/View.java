package dev.battlestream.local.rebuild;

import java.util.List;
import java.util.Locale;

/**
 * A view of the report service: what it is folded from and what it keeps. The names are those of
 * its topology, which are part of the data on disk.
 */
public enum View {
    /** Statuses, messages and verdicts of battles. */
    BATTLES,
    /** Scale runs and their members. */
    RUNS;

    /** The Streams application of the views, which is also its consumer group. */
    public static final String APPLICATION = "battlestream-report";

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is folded from. */
    public List<String> topics() {
        return switch (this) {
            case BATTLES ->
                    List.of(
                            "battle.requests",
                            "battle.turns",
                            "battle.verdicts",
                            "battle.outcomes",
                            "battle.deletions");
            case RUNS -> List.of("scale.requests", "scale.members", "scale.outcomes");
        };
    }

    /** What it keeps on the disk. */
    public List<String> stores() {
        return switch (this) {
            case BATTLES -> List.of("battle-statuses", "battle-messages", "battle-verdicts");
            case RUNS -> List.of("scale-runs", "scale-members");
        };
    }

    /** What it keeps on the broker. */
    public List<String> changelogs() {
        return stores().stream().map(store -> APPLICATION + "-" + store + "-changelog").toList();
    }
}
