package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.adapter.BattleJson;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * How a page of a list is shown.
 *
 * @param entries the page's name for what it lists, as battles
 * @param read how an entry is read
 * @param table what all entries look like together
 */
record Listing<T>(String entries, Function<JsonNode, T> read, Table<T> table) {

    /** Entries as lines of a table. */
    @FunctionalInterface
    interface Table<T> {
        List<String> lines(List<T> entries, ZoneId zone);
    }

    void show(JsonNode page, boolean json, PrintWriter out) {
        if (json) {
            out.println(BattleJson.pretty(page));
            return;
        }
        List<T> found = new ArrayList<>();
        page.path(entries).forEach(node -> found.add(read.apply(node)));
        if (found.isEmpty()) {
            out.println("No " + entries);
            return;
        }
        table.lines(found, ZoneId.systemDefault()).forEach(out::println);
        String next = page.path("nextCursor").asString("");
        if (!next.isEmpty()) {
            out.println("More with --cursor " + next);
        }
    }
}
