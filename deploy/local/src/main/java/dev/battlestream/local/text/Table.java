package dev.battlestream.local.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a header, each column as wide as its widest cell.
 *
 * @param header one title for each column
 * @param rows each with as many cells as the header
 */
public record Table(List<String> header, List<List<String>> rows) {

    private static final String GAP = "  ";

    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "A row of %d cells under %d titles: %s"
                                .formatted(row.size(), header.size(), row));
            }
        }
    }

    /** The lines of the table: the header, a rule, the rows; nothing after the last cell. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            int at = column;
            int widest = rows.stream().mapToInt(row -> width(row.get(at))).max().orElse(0);
            widths.add(Math.max(width(header.get(at)), widest));
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(line(widths.stream().map("─"::repeat).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            line.repeat(' ', widths.get(column) - width(cell));
            line.append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
