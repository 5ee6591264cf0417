package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.battlestream.events.VerdictIssued;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI document says what the topic catalogue says, and is seen to when it does not. */
class AsyncApiDocumentTest {

    private final AsyncApiDocument document;

    AsyncApiDocumentTest() throws IOException {
        document = AsyncApiDocument.inSources();
    }

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @Test
    void theDocumentAgreesWithTheCatalogue() throws Exception {
        assertThat(document.differencesFrom(Topics.all())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyExampleIsARecordOfItsSchema(Topic<?> topic) throws Exception {
        assertThat(document.examples(topic)).isNotEmpty();
        for (JsonNode example : document.examples(topic)) {
            String key = topic.schema().getFields().getFirst().name();
            assertThat(record(topic.schema(), example).get(key))
                    .hasToString(example.path(key).asText());
        }
    }

    @Test
    void producersAreToldWhichPartitionerTheyMustUse() {
        assertThat(document.description()).contains("murmur2", "partitioner=murmur2_random");
        for (Topic<?> topic :
                List.of(
                        Topics.BATTLE_REQUESTS,
                        Topics.BATTLE_CANCELLATIONS,
                        Topics.BATTLE_DELETIONS,
                        Topics.SCALE_REQUESTS,
                        Topics.SCALE_CANCELLATIONS)) {
            assertThat(document.description(topic)).as(topic.name()).contains("murmur2");
        }
    }

    @Test
    void aTopicThatTheDocumentLacksIsMissed() throws Exception {
        List<Topic<?>> topics = new ArrayList<>(Topics.all());
        topics.add(
                new Topic<>(
                        "battle.appeals",
                        VerdictIssued.class,
                        Lifetime.HISTORY,
                        Topic.Written.AT_ONCE));

        assertThat(document.differencesFrom(topics))
                .anyMatch(found -> found.startsWith("the topics:") && found.contains("appeals"));
    }

    @Test
    void aTopicThatTheCatalogueLacksIsMissed() throws Exception {
        List<Topic<?>> fewer = Topics.all().subList(1, Topics.all().size());

        assertThat(document.differencesFrom(fewer))
                .singleElement()
                .asString()
                .startsWith("the topics:");
    }

    @Test
    void anotherRetentionIsSeen() throws Exception {
        Topic<?> turns = Topics.BATTLE_TURNS;

        assertThat(
                        document.differencesFrom(
                                replaced(
                                        new Topic<>(
                                                turns.name(),
                                                turns.valueType(),
                                                Lifetime.REQUESTS,
                                                turns.written()))))
                .singleElement()
                .asString()
                .startsWith("the settings of battle.turns:")
                .contains("retention.ms=604800000");
    }

    @Test
    void anotherWayOfWritingIsSeen() throws Exception {
        Topic<?> turns = Topics.BATTLE_TURNS;

        assertThat(
                        document.differencesFrom(
                                replaced(
                                        new Topic<>(
                                                turns.name(),
                                                turns.valueType(),
                                                turns.lifetime(),
                                                Topic.Written.TRANSACTIONALLY))))
                .containsExactly(
                        "the isolation level of battle.turns: read_committed, the document says"
                                + " read_uncommitted");
    }

    @Test
    void anotherRecordIsSeen() throws Exception {
        Topic<?> turns = Topics.BATTLE_TURNS;

        assertThat(
                        document.differencesFrom(
                                replaced(
                                        new Topic<>(
                                                turns.name(),
                                                VerdictIssued.class,
                                                turns.lifetime(),
                                                turns.written()))))
                .containsExactly(
                        "the record of battle.turns: VerdictIssued, the document says TurnProduced");
    }

    private static List<Topic<?>> replaced(Topic<?> topic) {
        List<Topic<?>> topics = new ArrayList<>();
        for (Topic<?> each : Topics.all()) {
            topics.add(each.name().equals(topic.name()) ? topic : each);
        }
        return topics;
    }

    private static GenericRecord record(Schema schema, JsonNode json) throws IOException {
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, json.toString()));
    }
}
