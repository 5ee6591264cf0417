package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Response;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Result;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The causes are the real ones: what the library throws at these bytes and this registry. */
class DeadLettersTest {

    private static final String TURNS = Topics.BATTLE_TURNS.name();
    private static final byte[] KEY = "battle-1".getBytes(StandardCharsets.UTF_8);
    private static final long TIMESTAMP = 1_767_225_600_000L;

    private final RegistryDouble registry;
    private final Serde<?> serde;
    private final DeadLetters deadLetters = new DeadLetters();

    DeadLettersTest() throws IOException {
        registry =
                new RegistryDouble()
                        .knows(7, Topics.BATTLE_TURNS.schema())
                        .knows(8, Topics.BATTLE_REQUESTS.schema());
        serde =
                new EventSerdes(SerdeSettings.apicurio(registry.url(), false))
                        .values(Topics.BATTLE_TURNS);
    }

    @AfterEach
    void close() {
        serde.close();
        registry.close();
    }

    @Test
    void bytesThatAreNoRecordArePutAsideUnchangedWithTheirCause() {
        byte[] noise = "no record at all".getBytes(StandardCharsets.UTF_8);

        Response response = handled(noise);

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(response.deadLetterQueueRecords())
                .singleElement()
                .satisfies(letter -> assertIsCopy(letter, noise));
    }

    @Test
    void aDamagedRecordIsPutAside() throws Exception {
        byte[] whole = WireBytes.of(7, Examples.turn());

        assertPutAside(Arrays.copyOf(whole, whole.length / 2));
        assertPutAside(Arrays.copyOf(whole, 5));
        assertPutAside(Arrays.copyOf(whole, 3));
        assertPutAside(new byte[0]);
    }

    @Test
    void aRecordOfAnotherTypeIsPutAside() throws Exception {
        assertPutAside(WireBytes.of(8, Examples.request()));
    }

    @Test
    void aSchemaIdThatTheRegistryDoesNotKnowIsNoOutage() throws Exception {
        assertPutAside(WireBytes.of(4711, Examples.turn()));
    }

    @Test
    void aRegistryThatIsGonePutsNothingAside() throws Exception {
        registry.close();

        assertReadingStops(WireBytes.of(7, Examples.turn()));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 504})
    void aRegistryThatIsOutOfOrderPutsNothingAside(int status) throws Exception {
        registry.answersOnly(status);

        assertReadingStops(WireBytes.of(7, Examples.turn()));
    }

    @Test
    void bytesThatAreNoRecordArePutAsideEvenDuringAnOutage() {
        registry.close();

        assertPutAside("no record at all".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLongCauseIsCutSoThatTheLetterStaysSmall() {
        Response response =
                deadLetters.handleError(
                        context(), record(KEY), new IllegalStateException("x".repeat(100_000)));

        assertThat(texts(letter(response).headers()).get(DeadLetter.MESSAGE)).hasSize(1_000);
    }

    @Test
    void theLargestRecordIsPutAsideWhole() {
        byte[] largest = new byte[Topic.MAX_RECORD_BYTES];

        ProducerRecord<byte[], byte[]> letter = letterOf(record(largest));

        assertThat(letter.value()).isEqualTo(largest);
        assertThat(texts(letter.headers())).doesNotContainKey(DeadLetter.VALUE_BYTES);
        assertThat(writtenSize(letter)).isLessThanOrEqualTo(Topic.MAX_DEAD_LETTER_BYTES);
    }

    @Test
    void aRecordThatUnpacksToMoreIsPutAsideWithoutItsValue() {
        ProducerRecord<byte[], byte[]> letter = letterOf(record(new byte[3_000_000]));

        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(texts(letter.headers()))
                .containsEntry(DeadLetter.VALUE_BYTES, "3000000")
                .containsEntry(DeadLetter.OFFSET, "42")
                .containsEntry("x-request-id", "r-1");
    }

    @Test
    void aKeyOrHeadersThatUnpackToMoreAreLeftOutToo() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(TURNS, 3, 42, new byte[3_000_000], new byte[7]);
        record.headers().add("long", new byte[3_000_000]);
        for (int i = 0; i < 100_000; i++) {
            record.headers().add("many", new byte[20]);
        }

        ProducerRecord<byte[], byte[]> letter = letterOf(record);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(texts(letter.headers()))
                .containsEntry(DeadLetter.VALUE_BYTES, "7")
                .containsEntry(DeadLetter.OFFSET, "42")
                .doesNotContainKey("long")
                .containsKey("many");
        assertThat(writtenSize(letter)).isLessThanOrEqualTo(40_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 1_060_000, 1_064_000, 1_065_000, 1_065_535, 1_065_536})
    void whateverItsSizeALetterFitsItsTopic(int valueBytes) {
        assertThat(writtenSize(letterOf(record(new byte[valueBytes]))))
                .isLessThanOrEqualTo(Topic.MAX_DEAD_LETTER_BYTES);
    }

    @Test
    void aRecordWithoutATimeIsPutAside() {
        ProducerRecord<byte[], byte[]> letter =
                DeadLetter.letter(record(KEY), -1, "TheCause", "in words");

        assertThat(letter.timestamp()).isNull();
    }

    private ProducerRecord<byte[], byte[]> letterOf(ConsumerRecord<byte[], byte[]> record) {
        return letter(deadLetters.handleError(context(), record, new IllegalStateException("x")));
    }

    /** What Kafka's own producer and broker compare with their limits. */
    private static int writtenSize(ProducerRecord<byte[], byte[]> letter) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                letter.key(),
                letter.value(),
                letter.headers().toArray());
    }

    private void assertPutAside(byte[] value) {
        Response response = handled(value);

        assertThat(response.result()).isEqualTo(Result.RESUME);
        assertThat(letter(response).topic()).isEqualTo("battle.turns.dlt");
        assertThat(letter(response).value()).isEqualTo(value);
    }

    private void assertReadingStops(byte[] value) {
        Response response = handled(value);

        assertThat(response.result()).isEqualTo(Result.FAIL);
        assertThat(response.deadLetterQueueRecords()).isEmpty();
    }

    private static void assertIsCopy(ProducerRecord<byte[], byte[]> letter, byte[] value) {
        assertThat(letter.topic()).isEqualTo("battle.turns.dlt");
        assertThat(letter.partition()).isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.timestamp()).isEqualTo(TIMESTAMP);
        assertThat(texts(letter.headers()))
                .containsEntry("x-request-id", "r-1")
                .containsEntry(DeadLetter.TOPIC, TURNS)
                .containsEntry(DeadLetter.PARTITION, "3")
                .containsEntry(DeadLetter.OFFSET, "42")
                .containsKeys(DeadLetter.EXCEPTION, DeadLetter.MESSAGE);
    }

    /** What is done with a record whose value really cannot be read. */
    private Response handled(byte[] value) {
        RuntimeException cause =
                catchThrowableOfType(
                        RuntimeException.class,
                        () -> serde.deserializer().deserialize(TURNS, value));
        assertThat(cause).as("the cause").isNotNull();
        return deadLetters.handleError(context(), record(value), cause);
    }

    private static ProducerRecord<byte[], byte[]> letter(Response response) {
        return response.deadLetterQueueRecords().getFirst();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(TURNS, 3, 42, KEY, value);
        record.headers().add("x-request-id", "r-1".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : new RecordHeaders(headers)) {
            texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** Only the time of the record is asked for. */
    private static ErrorHandlerContext context() {
        return (ErrorHandlerContext)
                Proxy.newProxyInstance(
                        DeadLettersTest.class.getClassLoader(),
                        new Class<?>[] {ErrorHandlerContext.class},
                        (_, method, _) -> {
                            if (method.getName().equals("timestamp")) {
                                return TIMESTAMP;
                            }
                            throw new IllegalStateException("not expected: " + method.getName());
                        });
    }
}
