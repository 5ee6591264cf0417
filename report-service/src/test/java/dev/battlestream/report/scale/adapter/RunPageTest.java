package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunSpecification.RunVariant;
import dev.battlestream.report.scale.RunStory;
import dev.battlestream.testkit.NodeProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report in a real browser, as wide as a phone and as a desk, light and dark: it asks the
 * network for nothing, nothing is wider than the screen, and axe-core finds nothing to complain of.
 * Pictures of it are left in {@code target/node}.
 */
@Timeout(400)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no browser from npm")
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
class RunPageTest {

    private static final String NOTHING_FOUND =
            "{\"violations\":[],\"requests\":[],\"faults\":[],\"overflows\":[]}";

    /** Where page and browser lie, and what that leaves behind. */
    @TempDir private Path temporary;

    @Test
    void aFinalReportIsReadableForEverybody() throws Exception {
        assertThat(findings("final", RunReport.of(RunStory.ended(), RunStory.members())))
                .containsExactly(NOTHING_FOUND);
    }

    @Test
    void soIsAPartialOneWithLongNames() throws Exception {
        String name = "agent".repeat(40);
        Run run =
                new Run(
                        name,
                        null,
                        RunStory.specification(
                                name, List.of(new RunVariant(name, name)), Map.of(name, name)),
                        null,
                        List.of());

        assertThat(
                        findings(
                                "partial",
                                RunReport.of(
                                        run,
                                        List.of(
                                                RunStory.member(1, EndReason.LIMIT, 3),
                                                RunStory.launched(2)))))
                .containsExactly(NOTHING_FOUND);
    }

    private List<String> findings(String name, RunReport report) throws Exception {
        Path page = Files.writeString(temporary.resolve("page.html"), RunHtml.render(report));
        try (NodeProgram browser =
                NodeProgram.start(
                        "report-page.mjs",
                        Map.of(
                                "PAGE",
                                page.toString(),
                                "PICTURES",
                                name,
                                "TMPDIR",
                                temporary.toString()))) {
            return browser.readToEnd();
        }
    }
}
