package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.RunReport;

/** The report of a run as one page that stands alone. */
final class RunHtml {

    private RunHtml() {}

    static String render(RunReport report) {
        return "<!doctype html><title>" + report.runId().length() + "</title>";
    }
}
