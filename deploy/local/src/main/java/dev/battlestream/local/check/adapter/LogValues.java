package dev.battlestream.local.check.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads values in the Confluent wire format, with nothing but Avro and the registry's documented
 * address for a schema: no code is shared with the services whose work is checked.
 */
final class LogValues implements AutoCloseable {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final int PREFIX = 1 + Integer.BYTES;
    private static final String OURS = "dev.battlestream.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.DEFAULT, type -> type.getName().startsWith(OURS)));
    }

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CALL_LIMIT)
                    .build();
    private final String registry;
    private final Map<Integer, Schema> writers = new HashMap<>();

    /**
     * @param registry the address that Confluent's clients are given, without a slash at its end
     */
    LogValues(String registry) {
        this.registry = registry;
    }

    /** What a value says; empty where it is none of its topic. */
    <V extends SpecificRecord> Optional<V> read(Topic<V> topic, byte @Nullable [] value) {
        if (value == null || value.length < PREFIX || value[0] != 0) {
            return Optional.empty();
        }
        Schema writer = writer(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
        try {
            SpecificDatumReader<V> reader =
                    new SpecificDatumReader<>(
                            writer, topic.schema(), SpecificData.getForClass(topic.valueType()));
            return Optional.of(
                    topic.valueType()
                            .cast(
                                    reader.read(
                                            null,
                                            DecoderFactory.get()
                                                    .binaryDecoder(
                                                            value,
                                                            PREFIX,
                                                            value.length - PREFIX,
                                                            null))));
        } catch (IOException | AvroRuntimeException | ClassCastException _) {
            return Optional.empty();
        }
    }

    private Schema writer(int id) {
        Schema known = writers.get(id);
        if (known == null) {
            known = asked(id);
            writers.put(id, known);
        }
        return known;
    }

    private Schema asked(int id) {
        String address = registry + "/schemas/ids/" + id;
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(address)).timeout(CALL_LIMIT).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new PlatformException(
                        "The registry answered %d to %s".formatted(answer.statusCode(), address));
            }
            return new Schema.Parser()
                    .parse(json.readTree(answer.body()).path("schema").asString());
        } catch (IOException e) {
            throw new PlatformException(
                    "The registry does not answer %s: %s".formatted(address, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
