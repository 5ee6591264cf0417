package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.Spelling;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by name as JSON, in the order of the names' declaration. */
final class CountsBody {

    private CountsBody() {}

    static Map<String, Integer> of(Map<? extends Enum<?>, Integer> counts) {
        Map<String, Integer> body = new LinkedHashMap<>();
        counts.forEach((name, count) -> body.put(Spelling.name(name), count));
        return body;
    }
}
