package dev.battlestream.local.battles;

import dev.battlestream.local.text.Figures;
import dev.battlestream.local.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Battles as a table for a person. */
public final class BattleTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int WIDEST = 32;
    private static final String UNKNOWN = "–";

    private BattleTable() {}

    /**
     * The lines of the table.
     *
     * @param zone whose times are shown
     */
    public static List<String> lines(List<ListedBattle> battles, ZoneId zone) {
        return new Table(
                        List.of(
                                "battle",
                                "created",
                                "state",
                                "ended by",
                                "agent",
                                "model",
                                "messages",
                                "took",
                                "usd"),
                        battles.stream().map(battle -> row(battle, zone)).toList())
                .lines();
    }

    private static List<String> row(ListedBattle battle, ZoneId zone) {
        Instant created = battle.createdAt();
        Duration took = battle.duration();
        return List.of(
                battle.id(),
                created == null ? UNKNOWN : TIME.format(created.atZone(zone)),
                battle.state(),
                end(battle),
                name(battle.agent()),
                name(battle.model()),
                text(battle.messageCount()),
                took == null ? UNKNOWN : Figures.duration(took),
                battle.costUsd() == null ? UNKNOWN : battle.costUsd().toPlainString());
    }

    private static String end(ListedBattle battle) {
        String reason = text(battle.endedReason());
        return battle.failureClass() == null ? reason : reason + ": " + battle.failureClass();
    }

    private static String name(String name) {
        return name.isBlank() ? UNKNOWN : Figures.oneLine(name, WIDEST);
    }

    private static String text(@Nullable Object value) {
        return value == null ? UNKNOWN : value.toString();
    }
}
