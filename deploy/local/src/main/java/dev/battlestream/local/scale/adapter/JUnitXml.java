package dev.battlestream.local.scale.adapter;

import dev.battlestream.local.scale.RunMember;
import dev.battlestream.local.scale.RunReport;
import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A run as JUnit XML, which CI servers read: a test case for each battle that was asked for. One
 * that ended without its goal is a failure, one with a failure class an error, one that was never
 * launched is skipped; of a run that failed it is an error.
 */
public final class JUnitXml {

    private static final String NAME = "battlestream.scale";

    /** What XML 1.0 cannot hold, not even escaped. */
    private static final String NOT_XML =
            "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private JUnitXml() {}

    private enum Kind {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    /**
     * How a battle went.
     *
     * @param type the reason or the class; empty for one that passed or was skipped
     * @param detail a sentence; empty for one that passed
     */
    private record Result(Kind kind, String type, String detail) {}

    /** The text of the file; UTF-8. */
    public static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            write(report, xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text cannot fail to be written", e);
        }
        return text + "\n";
    }

    private static void write(RunReport report, XMLStreamWriter xml) throws XMLStreamException {
        Map<Integer, RunMember> launched =
                report.members().stream()
                        .collect(Collectors.toMap(RunMember::index, Function.identity()));
        int[] indexes = indexes(report.total(), launched.keySet());
        Map<Kind, Long> kinds =
                IntStream.of(indexes)
                        .mapToObj(index -> result(report, launched.get(index)).kind())
                        .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));

        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", NAME);
        attribute(xml, "tests", Integer.toString(indexes.length));
        attribute(xml, "failures", kinds.getOrDefault(Kind.FAILURE, 0L).toString());
        attribute(xml, "errors", kinds.getOrDefault(Kind.ERROR, 0L).toString());
        attribute(xml, "skipped", kinds.getOrDefault(Kind.SKIPPED, 0L).toString());
        attribute(xml, "time", seconds(report.duration()));
        if (report.startedAt() != null) {
            // The format of JUnit has no time zone.
            String time = report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString();
            attribute(xml, "timestamp", time.substring(0, time.length() - 1));
        }
        xml.writeStartElement("properties");
        property(xml, "runId", report.id());
        property(xml, "state", report.state());
        property(xml, "endedReason", report.endedReason());
        xml.writeEndElement();
        for (int index : indexes) {
            testCase(xml, index, launched.get(index), result(report, launched.get(index)));
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** Those that were asked for, and whichever were launched beyond them. */
    private static int[] indexes(int total, Set<Integer> launched) {
        return IntStream.concat(
                        IntStream.rangeClosed(1, total),
                        launched.stream()
                                .mapToInt(index -> index)
                                .filter(index -> index > total)
                                .sorted())
                .toArray();
    }

    private static Result result(RunReport report, @Nullable RunMember member) {
        if (member == null) {
            return report.failureClass() == null
                    ? new Result(
                            Kind.SKIPPED,
                            "",
                            "not launched: the run ended as " + report.endedReason())
                    : new Result(
                            Kind.ERROR,
                            report.failureClass(),
                            "the run failed: "
                                    + (report.failureDetail() == null
                                            ? report.failureClass()
                                            : report.failureDetail()));
        }
        String reason = member.reason() == null ? "unknown" : member.reason();
        String turns = member.turns() == null ? "" : " after %d turns".formatted(member.turns());
        if (member.failureClass() != null) {
            return new Result(
                    Kind.ERROR,
                    member.failureClass(),
                    "ended as %s%s, failure of class %s"
                            .formatted(reason, turns, member.failureClass()));
        }
        return reason.equals("goal")
                ? new Result(Kind.PASSED, "", "")
                : new Result(
                        Kind.FAILURE, reason, "did not reach its goal: ended as " + reason + turns);
    }

    private static void testCase(
            XMLStreamWriter xml, int index, @Nullable RunMember member, Result result)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(
                xml,
                "name",
                member == null || member.variant() == null
                        ? Integer.toString(index)
                        : index + "/" + member.variant());
        attribute(xml, "classname", NAME);
        attribute(
                xml,
                "time",
                seconds(
                        member == null || member.duration() == null
                                ? Duration.ZERO
                                : member.duration()));
        switch (result.kind()) {
            case PASSED -> {
                // A test case that says nothing has passed.
            }
            case FAILURE -> problem(xml, "failure", result);
            case ERROR -> problem(xml, "error", result);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute(xml, "message", result.detail());
            }
        }
        if (member != null) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean("battle " + member.battleId()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void problem(XMLStreamWriter xml, String element, Result result)
            throws XMLStreamException {
        xml.writeEmptyElement(element);
        attribute(xml, "type", result.type());
        attribute(xml, "message", result.detail());
    }

    private static void property(XMLStreamWriter xml, String name, String value)
            throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute(xml, "name", name);
        attribute(xml, "value", value);
    }

    private static void attribute(XMLStreamWriter xml, String name, String value)
            throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    private static String clean(String text) {
        return text.replaceAll(NOT_XML, "\uFFFD");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
