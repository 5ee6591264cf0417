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
    private @Nullable ProgressBar bar;
    private long told;

    FoldBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void of(long folded, long total) {
        if (terminal) {
            if (bar == null) {
                bar =
                        new ProgressBarBuilder()
                                .setTaskName("folding")
                                .setUnit(" records", 1)
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
            out.printf("  %,d of %,d records folded%n", folded, total);
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
