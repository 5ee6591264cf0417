package dev.battlestream.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The AsyncAPI document, and in what it differs from the topic catalogue. */
record AsyncApiDocument(JsonNode root, SchemaFiles schemas) {

    static final Path FILE = Path.of("src/main/resources/asyncapi.yaml");

    private static final List<String> DEAD_LETTER_HEADERS =
            List.of(
                    DeadLetter.EXCEPTION,
                    DeadLetter.MESSAGE,
                    DeadLetter.TOPIC,
                    DeadLetter.PARTITION,
                    DeadLetter.OFFSET,
                    DeadLetter.VALUE_BYTES);

    static AsyncApiDocument inSources() throws IOException {
        try (Reader text = Files.newBufferedReader(FILE)) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return new AsyncApiDocument(
                    new ObjectMapper().valueToTree(tree), SchemaFiles.inSources());
        }
    }

    /** What the document says that is not so, and what it leaves out; one sentence each. */
    List<String> differencesFrom(List<Topic<?>> topics) throws IOException {
        List<String> found = new ArrayList<>();
        Map<String, String> channels = channelsByAddress();
        Set<String> expected = new TreeSet<>();
        for (Topic<?> topic : topics) {
            expected.add(topic.name());
            expected.add(topic.deadLetterTopic());
        }
        compare("the topics", expected, new TreeSet<>(channels.keySet()), found);
        compare(
                "the version",
                schemas.versions().getLast(),
                root.at("/info/version").asText(),
                found);
        for (Topic<?> topic : topics) {
            short replication = 1;
            checkChannel(
                    topic.toNewTopic(Topics.DEFAULT_PARTITIONS, replication, LogRetention.DEFAULT),
                    channels,
                    found);
            checkChannel(
                    topic.toNewDeadLetterTopic(replication, LogRetention.DEFAULT), channels, found);
            checkMessage(topic, message(channels, topic.name()), found);
            checkDeadLetter(topic, message(channels, topic.deadLetterTopic()), found);
        }
        return found;
    }

    /** What the document says of everything. */
    String description() {
        return root.at("/info/description").asText();
    }

    /** What the document says of a topic. */
    String description(Topic<?> topic) {
        String channel = channelsByAddress().getOrDefault(topic.name(), "");
        return root.path("channels").path(channel).path("description").asText();
    }

    /** The examples of a topic's message. */
    List<JsonNode> examples(Topic<?> topic) {
        List<JsonNode> payloads = new ArrayList<>();
        message(channelsByAddress(), topic.name())
                .path("examples")
                .forEach(example -> payloads.add(example.path("payload")));
        return payloads;
    }

    private void checkChannel(NewTopic topic, Map<String, String> channels, List<String> found) {
        String id = channels.getOrDefault(topic.name(), "");
        JsonNode kafka = root.path("channels").path(id).at("/bindings/kafka");
        compare("the bound topic of " + topic.name(), topic.name(), text(kafka, "topic"), found);
        compare(
                "the partitions of " + topic.name(),
                Integer.toString(topic.numPartitions()),
                text(kafka, "partitions"),
                found);
        Map<String, String> settings = new HashMap<>();
        kafka.path("topicConfiguration")
                .properties()
                .forEach(setting ->
                        settings.put(
                                setting.getKey(), String.join(",", texts(setting.getValue()))));
        compare("the settings of " + topic.name(), topic.configs(), settings, found);
        long operations =
                root.path("operations").properties().stream()
                        .filter(o -> text(o.getValue().path("channel"), "$ref").endsWith("/" + id))
                        .count();
        compare("the operations of " + topic.name(), 1L, operations, found);
    }

    private void checkMessage(Topic<?> topic, JsonNode message, List<String> found)
            throws IOException {
        String name = topic.name();
        compare(
                "the record of " + name,
                topic.valueType().getSimpleName(),
                text(message, "name"),
                found);
        compare(
                "the schema of " + name,
                "./schemas/" + schemas.folder().relativize(schemas.newest(topic)),
                message.at("/payload/schema/$ref").asText(),
                found);
        compare(
                "the isolation level of " + name,
                topic.written() == Topic.Written.TRANSACTIONALLY
                        ? "read_committed"
                        : "read_uncommitted",
                text(message, "x-isolation-level"),
                found);
        for (String field : texts(message.path("x-identity"))) {
            if (topic.schema().getField(field) == null) {
                found.add("the identity of " + name + ": no field " + field);
            }
        }
        JsonNode trait = resolved(message.at("/traits/0"));
        compare(
                "the headers of " + name,
                new TreeSet<>(CorrelationHeaders.all()),
                names(resolved(trait.path("headers")).path("properties")),
                found);
        compare(
                "the wire format of " + name,
                "confluent",
                trait.at("/bindings/kafka/schemaIdPayloadEncoding").asText(),
                found);
    }

    private void checkDeadLetter(Topic<?> topic, JsonNode message, List<String> found) {
        compare(
                "the headers of " + topic.deadLetterTopic(),
                new TreeSet<>(DEAD_LETTER_HEADERS),
                names(resolved(message.path("headers")).path("properties")),
                found);
    }

    private Map<String, String> channelsByAddress() {
        Map<String, String> channels = new HashMap<>();
        root.path("channels")
                .properties()
                .forEach(c -> channels.put(text(c.getValue(), "address"), c.getKey()));
        return channels;
    }

    /** The only message of the topic's channel. */
    private JsonNode message(Map<String, String> channels, String topic) {
        JsonNode messages =
                root.path("channels").path(channels.getOrDefault(topic, "")).path("messages");
        return messages.size() == 1 ? resolved(messages.iterator().next()) : messages.path("none");
    }

    private JsonNode resolved(JsonNode node) {
        String reference = text(node, "$ref");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : node;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.properties().forEach(property -> names.add(property.getKey()));
        return names;
    }

    private static List<String> texts(JsonNode node) {
        if (!node.isArray()) {
            return List.of(node.asText());
        }
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static void compare(String what, Object topics, Object document, List<String> found) {
        if (!topics.equals(document)) {
            found.add("%s: %s, the document says %s".formatted(what, topics, document));
        }
    }
}
