package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Comparison;
import dev.battlestream.local.check.Fields;
import dev.battlestream.local.check.LoggedRun;
import dev.battlestream.local.check.Mismatch;
import dev.battlestream.local.report.adapter.ReportService;
import dev.battlestream.local.report.adapter.ReportService.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a source of the report service says of scale runs, compared as it is read. */
final class ReportedRuns {

    private static final String MEMBERS = "members";

    /** Up to where it has read is the source's own matter. */
    private static final String AS_OF = "asOf";

    /** The digest is made of what the interface does not show. */
    private static final Set<String> UNTOLD = Set.of("specification.digest");

    private static final int MOST_MISMATCHES = 1_000;

    /** Reads a part of a body without looking at what follows. */
    private final JsonMapper json =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final ReportService report;
    private final Source source;

    ReportedRuns(ReportService report, Source source) {
        this.report = report;
        this.source = source;
    }

    /** Where its report says something else than the log; empty if it does not know the run. */
    Optional<List<Mismatch>> mismatches(String runId, LoggedRun log, Comparison.Keeping keeping) {
        return report.get(
                "/internal/runs/%s/report?partial=true&source=%s".formatted(runId, source.label()),
                body -> read(body, log, keeping));
    }

    /** One member at a time: a report may be too large to be held. */
    private List<Mismatch> read(InputStream body, LoggedRun log, Comparison.Keeping keeping)
            throws IOException {
        List<Mismatch> mismatches = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        Fields head = Fields.NONE;
        try (JsonParser parser = json.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case MEMBERS -> {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            Fields row = JsonFields.of(json.readTree(parser));
                            int index = Integer.parseInt(row.values().getOrDefault("index", "0"));
                            seen.add(index);
                            add(mismatches, "member " + index, log.member(index), row, keeping);
                        }
                    }
                    case AS_OF -> parser.skipChildren();
                    default ->
                            head =
                                    head.and(
                                            JsonFields.of(
                                                    json.createObjectNode()
                                                            .set(name, json.readTree(parser))));
                }
            }
        }
        Set<Integer> missing = new TreeSet<>(log.indexes());
        missing.removeAll(seen);
        for (Integer index : missing) {
            add(mismatches, "member " + index, log.member(index), Fields.NONE, keeping);
        }
        mismatches.addAll(0, Comparison.of("report", log.head(), head, UNTOLD, keeping));
        return mismatches;
    }

    private static void add(
            List<Mismatch> mismatches,
            String place,
            Fields log,
            Fields found,
            Comparison.Keeping keeping) {
        if (mismatches.size() < MOST_MISMATCHES) {
            mismatches.addAll(Comparison.of(place, log, found, Set.of(), keeping));
        }
    }
}
