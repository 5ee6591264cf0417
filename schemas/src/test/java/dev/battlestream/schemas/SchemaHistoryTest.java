package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has been released stays readable, in both directions, for ever. */
class SchemaHistoryTest {

    private static final String HOW_TO_WRITE =
            "A record has changed. Write its schema down and look at the difference: mvn -pl schemas"
                    + " test -Dtest=SchemaHistoryWriter -Dbattlestream.schemas.write=pending";

    private final SchemaFiles files = SchemaFiles.inSources();

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    static List<Topic<?>> releasedTopics() {
        return Topics.all().stream()
                .filter(topic ->
                        ReleasedSchemas.versions().stream()
                                .anyMatch(version ->
                                        ReleasedSchemas.schema(version, topic).isPresent()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("releasedTopics")
    void everyVersionOfATopicReadsEveryOther(Topic<?> topic) {
        List<Schema> all = new ArrayList<>();
        ReleasedSchemas.versions()
                .forEach(version -> ReleasedSchemas.schema(version, topic).ifPresent(all::add));
        all.add(topic.schema());

        assertThat(all).hasSizeGreaterThan(1);
        for (int older = 0; older < all.size(); older++) {
            for (int newer = older + 1; newer < all.size(); newer++) {
                assertThat(SchemaRules.breaks(all.get(older), all.get(newer))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theCurrentSchemaIsWrittenDown(Topic<?> topic) throws Exception {
        assertThat(files.newest(topic)).as(HOW_TO_WRITE).exists();
        assertThat(SchemaFiles.text(topic.schema()))
                .as(HOW_TO_WRITE)
                .isEqualTo(Files.readString(files.newest(topic)));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aPendingSchemaDiffersFromTheReleasedOne(Topic<?> topic) throws Exception {
        Path released = files.released(ReleasedSchemas.versions().getLast(), topic);
        if (Files.exists(files.pending(topic)) && Files.exists(released)) {
            assertThat(Files.readString(files.pending(topic)))
                    .as(HOW_TO_WRITE)
                    .isNotEqualTo(Files.readString(released));
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everySchemaObeysTheRules(Topic<?> topic) {
        assertThat(SchemaRules.violations(topic.schema())).isEmpty();
    }

    @Test
    void theListOfVersionsNamesEveryReleaseOnce() throws Exception {
        assertThat(ReleasedSchemas.versions())
                .isNotEmpty()
                .containsExactlyElementsOf(files.versions())
                .containsExactlyInAnyOrderElementsOf(files.releaseFolders());
    }

    @Test
    void aReleasedSchemaHasNothingOfJava() throws Exception {
        for (Topic<?> topic : Topics.all()) {
            String text = Files.readString(files.newest(topic));

            assertThat(text).doesNotContain("avro.java").contains("\"doc\"");
        }
    }

    @Test
    void aReleaseTakesWhatIsPendingAndIsNeverWrittenAgain(@TempDir Path folder) throws Exception {
        SchemaFiles fresh = new SchemaFiles(folder);
        List<Topic<?>> topics = List.of(Topics.BATTLE_TURNS);
        fresh.writePending(topics);
        assertThat(fresh.pending(Topics.BATTLE_TURNS)).exists();

        fresh.writeRelease("0.1.0", topics);
        fresh.writePending(topics);

        assertThat(fresh.pending(Topics.BATTLE_TURNS)).doesNotExist();
        assertThat(fresh.released("0.1.0", Topics.BATTLE_TURNS)).exists();
        assertThat(fresh.versions()).containsExactly("0.1.0");
        assertThatThrownBy(() -> fresh.writeRelease("0.1.0", topics))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0.1.0 is released");
    }
}
