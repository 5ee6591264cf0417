package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Comparison;
import dev.battlestream.local.check.InRange;
import dev.battlestream.local.report.adapter.ReportService.Source;

/** What a source keeps of a text: the archive takes no U+0000 and cuts what is too long. */
final class Kept {

    private static final int MOST_IN_NAME = 200;
    private static final int MOST_IN_DETAIL = 1_000;

    private Kept() {}

    static Comparison.Keeping by(Source source) {
        return switch (source) {
            case VIEWS -> Comparison.Keeping.WHOLE;
            case ARCHIVE -> Kept::inArchive;
        };
    }

    private static String inArchive(String field, String value) {
        String cut =
                switch (field) {
                    case "agentId" -> InRange.cut(value, MOST_IN_NAME);
                    case "failure.detail" -> InRange.cut(value, MOST_IN_DETAIL);
                    default -> value;
                };
        return cut.replace('\0', '\uFFFD');
    }
}
