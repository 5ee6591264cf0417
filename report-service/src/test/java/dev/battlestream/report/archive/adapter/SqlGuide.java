package dev.battlestream.report.archive.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SQL of {@code docs/guides/sql.md}.
 *
 * @param ofTheOwner what whoever runs a server does for a new analyst
 * @param queries what analysts ask
 */
record SqlGuide(String ofTheOwner, List<String> queries) {

    private static final Path GUIDE = Path.of("../docs/guides/sql.md");
    private static final Pattern BLOCK = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    static SqlGuide read() {
        String text;
        try {
            text = Files.readString(GUIDE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> owners = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String block = blocks.group(1);
            (block.contains("CREATE ROLE") ? owners : queries).add(block);
        }
        if (owners.size() != 1) {
            throw new IllegalStateException(owners.size() + " blocks create a role");
        }
        return new SqlGuide(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN %s END IF; END $$"
                        .formatted(AnalystDatabase.LOGIN, owners.getFirst()),
                List.copyOf(queries));
    }
}
