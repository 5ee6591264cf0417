package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.RunReport.TurnsToGoal.Bin;
import java.util.List;
import java.util.Locale;

/**
 * Pictures of numbers as SVG, drawn in units that are about a pixel of a phone. Colours come from
 * the page's style. What they show stands as title and description in them too, for those who do
 * not see them.
 */
final class Plot {

    private static final int WIDTH = 340;
    private static final int ROW = 28;
    private static final int LABELS = 96;
    private static final int VALUES = 96;

    private static final int COLUMNS_HEIGHT = 180;
    private static final int FLOOR = 140;
    private static final int CEILING = 24;
    private static final int LEFT = 24;
    private static final int WIDEST_COLUMN = 40;

    /** Space that the number below a column needs. */
    private static final double LABEL_SPACE = 22;

    private Plot() {}

    /**
     * A bar.
     *
     * @param text what stands behind it
     */
    record Bar(String label, double value, String text) {}

    /** A share from 0 to 1 and the interval that it stands in. */
    record Share(String label, double value, double low, double high, String text) {}

    /** Bars below each other, from zero. */
    static String bars(String id, String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        StringBuilder svg = new StringBuilder();
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            double length = most <= 0 ? 0 : Math.max(0, bar.value()) / most * rowSpace();
            svg.append(label(row, bar.label()))
                    .append(rectangle("bar", LABELS, row * ROW + 6, length, 16))
                    .append(text("", LABELS + length + 6, middle(row), "start", bar.text()));
        }
        List<String> values = bars.stream().map(bar -> bar.label() + ": " + bar.text()).toList();
        return picture(id, title, String.join(", ", values), bars.size() * ROW, svg);
    }

    /** Shares below each other on a scale from 0 to 1, each in its interval. */
    static String shares(String id, String title, List<Share> shares) {
        StringBuilder svg = new StringBuilder();
        for (int row = 0; row < shares.size(); row++) {
            Share share = shares.get(row);
            double from = LABELS + share.low() * rowSpace();
            double to = LABELS + share.high() * rowSpace();
            double point = LABELS + share.value() * rowSpace();
            svg.append(label(row, share.label()))
                    .append(line(LABELS, middle(row) - 4, LABELS + rowSpace(), middle(row) - 4))
                    .append(rectangle("range", from, row * ROW + 8, to - from, 12))
                    .append(rectangle("point", point - 2, row * ROW + 4, 4, 20))
                    .append(text("", WIDTH - VALUES + 10, middle(row), "start", share.text()));
        }
        int floor = shares.size() * ROW + 14;
        svg.append(text("axis", LABELS, floor, "middle", "0%"))
                .append(text("axis", LABELS + rowSpace(), floor, "middle", "100%"));
        List<String> values =
                shares.stream().map(share -> share.label() + ": " + share.text()).toList();
        return picture(id, title, String.join(", ", values), floor + 6, svg);
    }

    /**
     * How many battles took how many turns, on a scale of turns.
     *
     * @param bins ascending; at least one
     */
    static String columns(String id, String title, List<Bin> bins) {
        long first = bins.getFirst().turns();
        double step = (double) (WIDTH - LEFT - 8) / (bins.getLast().turns() - first + 1);
        double wide = Math.min(WIDEST_COLUMN, Math.max(2, step * 0.8));
        int most = bins.stream().mapToInt(Bin::battles).max().orElse(1);
        StringBuilder svg = new StringBuilder(line(LEFT, FLOOR, WIDTH - 8, FLOOR));
        double free = 0;
        for (Bin bin : bins) {
            double middle = LEFT + (bin.turns() - first + 0.5) * step;
            double height = (double) bin.battles() / most * (FLOOR - CEILING);
            svg.append(rectangle("bar", middle - wide / 2, FLOOR - height, wide, height));
            if (middle >= free) {
                svg.append(text("", middle, FLOOR - height - 6, "middle", "" + bin.battles()))
                        .append(text("axis", middle, FLOOR + 16, "middle", "" + bin.turns()));
                free = middle + LABEL_SPACE;
            }
        }
        svg.append(text("axis", (LEFT + WIDTH - 8) / 2.0, FLOOR + 34, "middle", "turns"));
        List<String> values =
                bins.stream().map(bin -> bin.battles() + " in " + bin.turns() + " turns").toList();
        return picture(id, title, String.join(", ", values), COLUMNS_HEIGHT, svg);
    }

    private static double rowSpace() {
        return WIDTH - LABELS - VALUES;
    }

    private static double middle(int row) {
        return row * ROW + 18;
    }

    private static String picture(
            String id, String title, String description, int height, CharSequence content) {
        return """
        <svg viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title %s-desc">
        <title id="%s-title">%s</title>
        <desc id="%s-desc">%s</desc>
        %s</svg>
        """
                .formatted(
                        WIDTH,
                        height,
                        id,
                        id,
                        id,
                        Markup.text(title),
                        id,
                        Markup.text(description),
                        content);
    }

    private static String label(int row, String label) {
        return text("", 0, middle(row), "start", shortened(label));
    }

    /** Names may be longer than their column; the table beside it has them in full. */
    private static String shortened(String label) {
        int most = 12;
        return label.codePointCount(0, label.length()) <= most
                ? label
                : label.substring(0, label.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static String text(String look, double x, double y, String anchor, String text) {
        String css = look.isEmpty() ? "" : " class=\"" + look + "\"";
        return "<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(css, at(x), at(y), anchor, Markup.text(text));
    }

    private static String rectangle(String look, double x, double y, double width, double height) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                .formatted(look, at(x), at(y), at(width), at(height));
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return "<line class=\"line\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(at(x1), at(y1), at(x2), at(y2));
    }

    private static String at(double units) {
        return String.format(Locale.ROOT, "%.1f", units);
    }
}
