package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Account;
import dev.battlestream.local.check.Fields;
import dev.battlestream.local.report.adapter.ReportService;
import dev.battlestream.local.report.adapter.ReportService.Source;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a source of the report service says of battles. */
final class ReportedBattles {

    private static final int PAGE = 200;

    private final ReportService report;
    private final Source source;

    ReportedBattles(ReportService report, Source source) {
        this.report = report;
        this.source = source;
    }

    /** All that it says of a battle; empty if it does not know it. */
    Optional<Account> account(String battleId) {
        String path =
                "/internal/battles/"
                        + URLEncoder.encode(battleId, StandardCharsets.UTF_8).replace("+", "%20");
        return report.get(path + "?source=" + source.label())
                .map(status ->
                        new Account(
                                JsonFields.of(status),
                                rows(path, "messages", "Seq", "seq"),
                                rows(path, "verdicts", "Turn", "turn"),
                                Set.of()));
    }

    private SortedMap<Integer, Fields> rows(String path, String name, String since, String place) {
        SortedMap<Integer, Fields> rows = new TreeMap<>();
        int behind = 0;
        boolean complete = false;
        while (!complete) {
            Optional<JsonNode> page =
                    report.get(
                            "%s/%s?since%s=%d&limit=%d&source=%s"
                                    .formatted(path, name, since, behind, PAGE, source.label()));
            if (page.isEmpty()) {
                return rows;
            }
            for (JsonNode row : page.get().path(name)) {
                rows.put(row.path(place).asInt(), JsonFields.of(row));
            }
            int next = page.get().path("next" + since).asInt(behind);
            complete = page.get().path("complete").asBoolean(false) || next <= behind;
            behind = next;
        }
        return rows;
    }
}
