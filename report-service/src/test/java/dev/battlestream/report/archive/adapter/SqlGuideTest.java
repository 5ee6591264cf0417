package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/guides/sql.md} shows is what an analyst gets. */
class SqlGuideTest {

    @Test
    void everyQueryOfTheGuideAnswersAnAnalyst() throws SQLException {
        List<String> queries = SqlGuide.read().queries();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(8);
        AnalystDatabase database = AnalystDatabase.migrated().withRows();

        try (Connection analyst = database.analyst();
                Statement statement = analyst.createStatement()) {
            for (String query : queries) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    assertThat(rows.next()).as(query).isTrue();
                }
            }
        }
    }
}
