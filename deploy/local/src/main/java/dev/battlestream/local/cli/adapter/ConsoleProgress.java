package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.local.platform.adapter.Progress;
import dev.battlestream.local.text.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal, followed by one line for each component; elsewhere the lines at once. */
final class ConsoleProgress implements Progress, AutoCloseable {

    private final PrintWriter out;
    private final Ports ports;
    private final @Nullable ProgressBar bar;
    private final List<String> lines = new ArrayList<>();

    ConsoleProgress(PrintWriter out, Ports ports, int components) {
        this.out = out;
        this.ports = ports;
        this.bar = Output.terminal().isPresent() ? bar(components) : null;
    }

    private static ProgressBar bar(int components) {
        return new ProgressBarBuilder()
                .setTaskName("starting")
                .setInitialMax(components)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .hideEta()
                .build();
    }

    @Override
    public synchronized void ready(Component component, Duration took) {
        line(
                "  %-9s ready on 127.0.0.1:%-5d after %s"
                        .formatted(component.label(), ports.of(component), Figures.duration(took)));
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(component.label());
        }
    }

    @Override
    public synchronized void note(String line) {
        line("  " + line);
    }

    private void line(String line) {
        if (bar == null) {
            out.println(line);
            out.flush();
        } else {
            lines.add(line);
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            lines.forEach(out::println);
            lines.clear();
        }
    }
}
