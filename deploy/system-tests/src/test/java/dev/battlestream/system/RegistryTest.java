package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Lifetime;
import dev.battlestream.schemas.ReleasedSchemas;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** It makes no difference who registers a schema: we, a deploy step or another team. */
@Timeout(120)
class RegistryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Infra INFRA = Infra.shared();

    private final Topic<BattleRequested> topic =
            new Topic<>(
                    "requests-" + UUID.randomUUID(),
                    BattleRequested.class,
                    Lifetime.HISTORY,
                    Topic.Written.AT_ONCE);

    @Test
    void aWriterThatMayNotRegisterFindsTheDeployedSchema() throws Exception {
        int registered = registerDeployed();

        assertThat(idWritten(false)).isEqualTo(registered);
    }

    @Test
    void aWriterThatMayRegisterAddsNothingToTheDeployedSchema() throws Exception {
        int registered = registerDeployed();

        assertThat(idWritten(true)).isEqualTo(registered);
        assertThat(get("/subjects/" + topic.subject() + "/versions")).hasSize(1);
    }

    @Test
    void whatAWriterRegistersIsTheDeployedSchemaWholeAndAlone() throws Exception {
        int written = idWritten(true);

        JsonNode registered = get("/schemas/ids/" + written);
        assertThat(new Schema.Parser().parse(registered.path("schema").asText()))
                .isEqualTo(deployed());
        assertThat(registered.path("references")).isEmpty();
        assertThat(get("/subjects"))
                .extracting(JsonNode::asText)
                .noneMatch(subject -> subject.startsWith("dev.battlestream."));
    }

    private int idWritten(boolean autoRegister) {
        SerdeSettings settings = SerdeSettings.apicurio(INFRA.registryUrl(), autoRegister);
        try (Serde<BattleRequested> serde = new EventSerdes(settings).values(topic)) {
            BattleRequested request =
                    BattleRequested.newBuilder()
                            .setBattleId("battle-1")
                            .setRequestedAt(Instant.EPOCH)
                            .build();
            byte[] bytes = serde.serializer().serialize(topic.name(), request);
            assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(request);
            return ByteBuffer.wrap(bytes).getInt(1);
        }
    }

    /** As another team would, through the API that Confluent's clients speak. */
    private int registerDeployed() throws Exception {
        String subject = topic.subject();
        send("PUT", "/config/" + subject, Map.of("compatibility", "FULL_TRANSITIVE"));
        return send(
                        "POST",
                        "/subjects/" + subject + "/versions",
                        Map.of("schemaType", "AVRO", "schema", deployed().toString()))
                .path("id")
                .asInt();
    }

    /** The schema that is deployed: the last release, or what is pending for the next one. */
    private static Schema deployed() throws IOException {
        String pending = "/schemas/pending/" + Topics.BATTLE_REQUESTS.subject() + ".avsc";
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(pending)) {
            return in == null
                    ? ReleasedSchemas.schema(
                                    ReleasedSchemas.versions().getLast(), Topics.BATTLE_REQUESTS)
                            .orElseThrow()
                    : new Schema.Parser().parse(in);
        }
    }

    private static JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(address(path)).build());
    }

    private static JsonNode send(String method, String path, Map<String, String> body)
            throws Exception {
        return answer(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    private static JsonNode answer(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        }
    }

    private static URI address(String path) {
        return URI.create(INFRA.confluentRegistryUrl() + path);
    }
}
