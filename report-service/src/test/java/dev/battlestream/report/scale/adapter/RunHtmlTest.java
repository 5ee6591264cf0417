package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.RunSpecification.RunVariant;
import dev.battlestream.report.scale.RunStory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunHtmlTest {

    private static final String PAGE = page(RunStory.ended(), RunStory.members());

    @Test
    void theSameRowsInAnyOrderGiveTheSamePage() {
        for (int seed = 0; seed < 20; seed++) {
            List<Member> shuffled = new ArrayList<>(RunStory.members());
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(page(RunStory.ended(), shuffled)).isEqualTo(PAGE);
        }
    }

    @Test
    void thePageLoadsAndRunsNothing() {
        assertThat(PAGE)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .doesNotContain("<script", "<link", "<img", "src=", "href=", "url(", "@import");
    }

    @Test
    void theHeadlineNumbersAreThere() {
        assertThat(PAGE)
                .contains("<h1>Scale run of support-bot</h1>")
                .contains("<dt>Success rate</dt><dd>70%</dd><dd>95% interval 39.7% to 89.2%</dd>")
                .contains("<dd>7</dd><dd>of 10 ended, 10 launched, 10 asked for</dd>")
                .contains("<dd>$0.986</dd><dd>at most $0.001 more may be billed</dd>")
                .contains("<dt>Wall time</dt><dd>3 min 9 s</dd>")
                .contains("<dt>State</dt><dd>completed</dd><dd>ended: completed</dd>")
                .doesNotContain("class=\"note\"");
    }

    @Test
    void everyPictureHasWordsAndTheSameNumbersToRead() {
        assertThat(count("<svg ")).isEqualTo(5);
        assertThat(count("role=\"img\" aria-labelledby=")).isEqualTo(5);
        assertThat(count("<title id=")).isEqualTo(5);
        assertThat(PAGE)
                .contains(
                        "<desc id=\"turns-desc\">3 in 4 turns, 2 in 5 turns, 1 in 6 turns,"
                                + " 1 in 7 turns</desc>")
                .contains(
                        "<desc id=\"latency-desc\">p50: 300 ms, p90: 800 ms, p95: 1.0 s,"
                                + " p99: 1.2 s, max: 1.2 s</desc>")
                .contains(
                        "<desc id=\"roles-desc\">Agent: $0.58, Opponent: $0.232,"
                                + " Fast judge: $0.116, Strong judge: $0.058</desc>")
                .contains("<desc id=\"rates-desc\">terse: 5 of 5, patient: 2 of 5</desc>")
                .contains("<summary>Numbers: turns to the goal</summary>")
                .contains("<summary>Numbers: latency of a turn</summary>")
                .contains("<summary>Numbers: duration of a battle</summary>");
    }

    @Test
    void everyBattleIsARowOfATableThatScrollsByItself() {
        assertThat(PAGE)
                .contains(
                        "<div class=\"scroll\" role=\"region\" tabindex=\"0\""
                                + " aria-label=\"Battles of the run\">")
                .contains(
                        "<tr><th scope=\"row\" class=\"number\">6</th><td>error (provider)</td>"
                                + "<td class=\"number\">2</td><td class=\"number\">$0.034</td>"
                                + "<td class=\"number\">20.0 s</td><td>patient</td>"
                                + "<td>0198f3a4-0000-7000-8000-000000000006</td></tr>");
        assertThat(count("<table>")).isEqualTo(count("<caption>"));
    }

    @Test
    void whatWasAskedForAndReadStandsAtTheEnd() {
        assertThat(PAGE)
                .contains("<dt>Labels</dt><dd>build=417, team=checkout</dd>")
                .contains("<dt>Variants</dt><dd>terse, patient (scripted:patient)</dd>")
                .contains("<dt>Time limit</dt><dd>30 min 0 s</dd>")
                .contains(
                        "<tr><th scope=\"row\">scale.members</th><td class=\"number\">2</td>"
                                + "<td class=\"number\">41</td></tr>");
    }

    @Test
    void nobodysTextBecomesMarkup() {
        String hostile = "\"><script>alert('x')</script>&<b onclick=x>";
        RunSpecification asked =
                RunStory.specification(
                        hostile,
                        List.of(new RunVariant(hostile, hostile)),
                        Map.of(hostile, hostile));
        Run run =
                RunStory.ended(
                        asked, RunEndReason.ERROR, 1, new Failure(Failure.Cause.REQUEST, hostile));

        assertThat(page(run, List.of(RunStory.member(1, EndReason.GOAL, 4))))
                .doesNotContain("<script", "<b ", "alert('x')", "\"><scr")
                .contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&lt;b")
                .contains("Failed (request): &quot;&gt;");
    }

    @Test
    void aPartialReportSaysSo() {
        String page =
                page(
                        RunStory.running(),
                        List.of(RunStory.member(1, EndReason.LIMIT, 4), RunStory.launched(2)));

        assertThat(page)
                .contains("Partial: 1 of 10 battles have ended; these figures may still change.")
                .contains("<dt>Wall time</dt><dd>–</dd>")
                .contains("<dt>State</dt><dd>running</dd><dd>not ended</dd>")
                .contains("No battle has reached its goal.")
                .contains("<td>running</td><td class=\"number\">–</td>");
    }

    @Test
    void aReportOfNothingIsAPageToo() {
        assertThat(page(Run.unknown("run-1"), List.of()))
                .contains("<h1>Scale run</h1>")
                .contains("<dd>–</dd><dd>no battle has ended</dd>")
                .contains("No battle has been launched.")
                .contains("The request of this run has not been seen.")
                .doesNotContain("NaN", "null", "Infinity", "Variants");
    }

    /** A variant may have no battle yet; a battle may cost nothing and take no time. */
    @Test
    void noNumberIsDividedByNothing() {
        assertThat(page(RunStory.running(), List.of(RunStory.member(1, EndReason.GOAL, 0))))
                .doesNotContain("NaN", "Infinity", "null");
    }

    @Test
    void anUnknownReasonIsARowOfItsOwn() {
        assertThat(page(RunStory.running(), List.of(RunStory.member(1, EndReason.UNKNOWN, 3))))
                .containsPattern(
                        "<tr><th scope=\"row\">timeout</th><td class=\"number\">0</td></tr>\n"
                                + "<tr><th scope=\"row\">unknown</th><td class=\"number\">1</td>");
        assertThat(PAGE).containsOnlyOnce("<th scope=\"row\">unknown</th>");
    }

    private static int count(String text) {
        return Math.toIntExact(
                Pattern.compile(text, Pattern.LITERAL)
                        .matcher(PAGE)
                        .results()
                        .map(MatchResult::start)
                        .count());
    }

    private static String page(Run run, List<Member> members) {
        return RunHtml.render(RunReport.of(run, members));
    }
}
