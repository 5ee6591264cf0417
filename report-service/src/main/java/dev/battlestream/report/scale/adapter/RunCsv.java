package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.RunReport;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a run as CSV by RFC 4180: a line of names, then a line per member, each ended by
 * CR LF.
 */
final class RunCsv {

    private static final List<String> NAMES =
            List.of(
                    "index",
                    "battleId",
                    "variant",
                    "state",
                    "reason",
                    "failureClass",
                    "turns",
                    "costUsd",
                    "durationMs",
                    "launchedAt",
                    "endedAt");

    /** What a spreadsheet takes for the start of a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private RunCsv() {}

    static String render(RunReport report) {
        return Stream.concat(
                        Stream.of(NAMES),
                        report.members().stream()
                                .map(member -> MemberBody.of(member, report.specification()))
                                .map(RunCsv::cells))
                .map(cells -> String.join(",", cells) + "\r\n")
                .collect(Collectors.joining());
    }

    private static List<String> cells(MemberBody member) {
        return List.of(
                plain(member.index()),
                text(member.battleId()),
                text(member.variant()),
                text(member.state()),
                text(member.reason()),
                text(member.failureClass()),
                plain(member.turns()),
                plain(member.costUsd()),
                plain(member.durationMs()),
                plain(member.launchedAt()),
                plain(member.endedAt()));
    }

    /** A number or a time: nothing that needs quotes, and a minus is one. */
    private static String plain(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /**
     * Somebody's text: an apostrophe before what a spreadsheet would calculate, quotes around what
     * would end the cell.
     */
    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String inert = FORMULA_STARTS.indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        return inert.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
                ? "\"" + inert.replace("\"", "\"\"") + "\""
                : inert;
    }
}
