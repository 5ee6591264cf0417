package dev.battlestream.local.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.scale.RunMember;
import dev.battlestream.local.scale.RunReport;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JUnitXmlTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00.123Z");

    private static RunMember member(
            int index, @Nullable String variant, String reason, @Nullable String failureClass) {
        return new RunMember(
                index, "b" + index, variant, reason, failureClass, 4, Duration.ofMillis(1_234));
    }

    private static RunReport report(int total, RunMember... members) {
        return new RunReport(
                "r1",
                "completed",
                "budget",
                null,
                null,
                total,
                List.of(members),
                START,
                START.plusMillis(5_600));
    }

    @Test
    void eachBattleIsATestCaseThatPassedFailedOrBroke() throws Exception {
        Element suite =
                suite(
                        report(
                                4,
                                member(1, "blunt", "goal", null),
                                member(2, "kind", "limit", null),
                                member(3, "blunt", "error", "provider")));

        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("5.600");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-01-31T12:00:00");

        List<Element> cases = children(suite, "testcase");
        assertThat(cases)
                .extracting(testCase -> testCase.getAttribute("name"))
                .containsExactly("1/blunt", "2/kind", "3/blunt", "4");
        assertThat(cases.getFirst().getAttribute("time")).isEqualTo("1.234");
        assertThat(children(cases.getFirst(), "system-out").getFirst().getTextContent())
                .isEqualTo("battle b1");
        assertThat(children(cases.getFirst(), "failure")).isEmpty();
        Element failure = children(cases.get(1), "failure").getFirst();
        assertThat(failure.getAttribute("type")).isEqualTo("limit");
        assertThat(failure.getAttribute("message"))
                .isEqualTo("did not reach its goal: ended as limit after 4 turns");
        Element error = children(cases.get(2), "error").getFirst();
        assertThat(error.getAttribute("type")).isEqualTo("provider");
        assertThat(children(cases.get(3), "skipped").getFirst().getAttribute("message"))
                .isEqualTo("not launched: the run ended as budget");
    }

    @Test
    void ofARunThatFailedEveryBattleIsAnError() throws Exception {
        Element suite =
                suite(
                        new RunReport(
                                "r1", "failed", "error", "request", "a < b", 2, List.of(), null,
                                null));

        assertThat(suite.getAttribute("errors")).isEqualTo("2");
        assertThat(suite.hasAttribute("timestamp")).isFalse();
        assertThat(
                        children(children(suite, "testcase").getFirst(), "error")
                                .getFirst()
                                .getAttribute("message"))
                .isEqualTo("the run failed: a < b");
    }

    @Test
    @Timeout(10)
    void aBattleFarBeyondTheTotalAddsItselfOnly() throws Exception {
        Element suite =
                suite(
                        report(
                                2,
                                member(1, null, "goal", null),
                                member(Integer.MAX_VALUE, null, "limit", null)));

        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(children(suite, "testcase"))
                .extracting(testCase -> testCase.getAttribute("name"))
                .containsExactly("1", "2", "2147483647");
    }

    @Test
    void whateverANameHoldsTheFileIsXml() throws Exception {
        String name = "<a href=\"&\">\u0000\u001b[31m\uD800 ü🙂]]>'";

        Element suite = suite(report(1, member(1, name, "limit", null)));

        assertThat(children(suite, "testcase").getFirst().getAttribute("name"))
                .isEqualTo("1/<a href=\"&\">\uFFFD\uFFFD[31m\uFFFD ü🙂]]>'");
    }

    private static Element suite(RunReport report) throws Exception {
        Element root =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(JUnitXml.of(report))))
                        .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        return children(root, "testsuite").getFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i) instanceof Element child
                    && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }
}
