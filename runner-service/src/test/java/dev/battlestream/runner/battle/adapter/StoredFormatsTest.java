package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.adapter.stored.StoredBattle;
import dev.battlestream.runner.battle.adapter.stored.StoredMessage;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.runner.scale.adapter.stored.StoredRun;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a released version has left in a store is read by this one. */
class StoredFormatsTest {

    private static final List<Class<?>> RECORDS =
            List.of(
                    StoredBattle.class,
                    StoredMessage.class,
                    StoredPendingTurn.class,
                    StoredRun.class);

    static Stream<Arguments> released() {
        return StoredFormats.versions().stream()
                .flatMap(version -> RECORDS.stream().map(type -> Arguments.of(version, type)));
    }

    @ParameterizedTest
    @MethodSource("released")
    void everyReleasedFormatIsReadable(String version, Class<?> type) {
        var now = SpecificData.get().getSchema(type);

        StoredFormats.released(version, type)
                .ifPresent(then ->
                        assertThat(
                                        SchemaCompatibility.checkReaderWriterCompatibility(
                                                        now, then)
                                                .getType())
                                .isEqualTo(SchemaCompatibilityType.COMPATIBLE));
    }

    @ParameterizedTest
    @FieldSource("RECORDS")
    void whatIsWrittenNowIsTheNewestReleasedFormat(Class<?> type) {
        String newest = StoredFormats.versions().getLast();

        assertThat(SchemaNormalization.toParsingForm(SpecificData.get().getSchema(type)))
                .as("a changed format needs a version of its own beside the released ones")
                .isEqualTo(
                        SchemaNormalization.toParsingForm(
                                StoredFormats.released(newest, type).orElseThrow()));
    }
}
