package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.scale.RunLines;
import dev.battlestream.local.scale.RunStatus;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal; elsewhere a line whenever a battle of the run has ended. */
final class RunProgress implements AutoCloseable {

    private final PrintWriter out;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private int told = -1;

    RunProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    private static ProgressBar bar(int battles) {
        return new ProgressBarBuilder()
                .setTaskName("battles")
                .setInitialMax(battles)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .hideEta()
                .build();
    }

    void show(RunStatus status) {
        if (terminal) {
            if (bar == null) {
                bar = bar(status.total());
            }
            bar.stepTo(status.completed());
            bar.setExtraMessage(RunLines.moving(status));
        } else if (status.completed() != told) {
            told = status.completed();
            out.println("  " + RunLines.progress(status));
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
