package dev.battlestream.report.scale.adapter;

import java.util.List;

/** Pieces of a page; every text that is not ours goes through {@link #text}. */
final class Markup {

    private Markup() {}

    /** A text as it stands in an element or in a quoted attribute. */
    static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A term and what is said of it. */
    static String term(String name, String value) {
        return "<dt>" + text(name) + "</dt><dd>" + text(value) + "</dd>\n";
    }

    /** A column of a table; numbers stand to the right. */
    record Column(String name, boolean ofNumbers) {

        static Column text(String name) {
            return new Column(name, false);
        }

        static Column number(String name) {
            return new Column(name, true);
        }

        private String css() {
            return ofNumbers ? " class=\"number\"" : "";
        }
    }

    /**
     * A table whose first cells name their rows.
     *
     * @param rows plain texts, as many in each as there are columns
     */
    static String table(String caption, List<Column> columns, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table><caption>");
        table.append(text(caption)).append("</caption>\n<thead><tr>");
        for (Column column : columns) {
            table.append(
                    "<th scope=\"col\"%s>%s</th>".formatted(column.css(), text(column.name())));
        }
        table.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr><th scope=\"row\"%s>".formatted(columns.getFirst().css()))
                    .append(text(row.getFirst()))
                    .append("</th>");
            for (int cell = 1; cell < columns.size(); cell++) {
                table.append("<td%s>".formatted(columns.get(cell).css()))
                        .append(text(row.get(cell)))
                        .append("</td>");
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table>\n").toString();
    }

    /** A picture and what it shows. */
    static String figure(String caption, String content) {
        return "<figure><figcaption>%s</figcaption>\n%s</figure>\n"
                .formatted(text(caption), content);
    }

    /** The same as a picture, to read. */
    static String numbersOf(String what, String table) {
        return "<details><summary>Numbers: %s</summary>\n%s</details>\n"
                .formatted(text(what), table);
    }

    /** A table that may be wider than a phone: it is scrolled by itself, by keyboard as well. */
    static String region(String label, String table) {
        return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n%s</div>\n"
                .formatted(text(label), table);
    }
}
