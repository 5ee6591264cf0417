package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.WilsonInterval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report of a run as one page that stands alone: it loads nothing and runs nothing, and its
 * policy forbids both. What it says follows from the report only.
 */
final class RunHtml {

    private static final String STYLE = resource("/run-report.css");

    private RunHtml() {}

    static String render(RunReport report) {
        RunSpecification specification = report.specification();
        String heading =
                specification == null ? "Scale run" : "Scale run of " + specification.agentId();
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'">
        <title>%s (%s)</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p class="quiet">Run <code>%s</code></p>
        %s</header>
        <main>
        %s</main>
        <footer>
        <p>Percentiles are exact, by nearest rank. Intervals are Wilson score intervals at \
        %s confidence. Times are UTC.</p>
        </footer>
        </body>
        </html>
        """
                .formatted(
                        Markup.text(heading),
                        Markup.text(report.runId()),
                        STYLE,
                        Markup.text(heading),
                        Markup.text(report.runId()),
                        notes(report),
                        main(report),
                        Legible.percent(WilsonInterval.CONFIDENCE));
    }

    private static String main(RunReport report) {
        return Stream.of(
                        section("summary", "Summary", RunSummary.of(report)),
                        section("goals", "Turns and time", RunFigures.turnsAndTime(report)),
                        section("variants", "Variants", RunFigures.variants(report)),
                        section("cost", "Cost", RunFigures.cost(report)),
                        section("ends", "How battles ended", RunTables.ends(report)),
                        section("battles", "Battles", RunTables.battles(report)),
                        section("sources", "Specification and sources", RunTables.sources(report)))
                .collect(Collectors.joining());
    }

    /** Nothing where there is nothing to say. */
    private static String section(String id, String heading, String content) {
        return content.isEmpty()
                ? ""
                : """
                <section aria-labelledby="%s">
                <h2 id="%s">%s</h2>
                %s</section>
                """
                        .formatted(id, id, Markup.text(heading), content);
    }

    private static String notes(RunReport report) {
        StringBuilder notes = new StringBuilder();
        if (!report.complete()) {
            notes.append(
                    "<p class=\"note\">Partial: %d of %d battles have ended; these figures may still change.</p>\n"
                            .formatted(report.completed(), report.total()));
        }
        Failure failure = report.failure();
        if (failure != null) {
            notes.append(
                    "<p class=\"note\">Failed (%s): %s</p>\n"
                            .formatted(
                                    Spelling.name(failure.cause()), Markup.text(failure.detail())));
        }
        return notes.toString();
    }

    private static String resource(String name) {
        try (InputStream in = RunHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
