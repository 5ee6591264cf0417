package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.rebuild.adapter.Folded;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with the time that is left on a terminal; elsewhere a line for each tenth. */
final class FoldBar implements Folded, AutoCloseable {

    private static final int LINES = 10;

    private final PrintWriter out;
    private final boolean terminal;
    private final String task;
    private final String done;
    private @Nullable ProgressBar bar;
    private long told;

    /**
     * @param task what goes on, as the bar's name
     * @param done what has been done, as the lines say it
     */
    FoldBar(PrintWriter out, boolean terminal, String task, String done) {
        this.out = out;
        this.terminal = terminal;
        this.task = task;
        this.done = done;
    }

    @Override
    public void of(long folded, long total) {
        if (terminal) {
            if (bar == null) {
                bar =
                        new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(total)
                                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                                .setUpdateIntervalMillis(250)
                                .showSpeed()
                                .build();
            }
            bar.stepTo(folded);
            return;
        }
        long line = total == 0 ? LINES : folded * LINES / total;
        if (line > told) {
            told = line;
            out.printf("  %,d of %,d %s%n", folded, total, done);
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
