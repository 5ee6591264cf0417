package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final String id = UUID.randomUUID().toString();

    @Test
    void aRecordOfABattleUnderItsIdIsLetIn() {
        assertThat(Intake.objection(id, Records.request(id, "scripted:x"))).isEmpty();
        assertThat(Intake.objection(id, Records.cancel(id))).isEmpty();
    }

    @Test
    void aBadRequestUnderItsOwnIdIsLetInToBeAnswered() {
        assertThat(Intake.objection("my battle", Records.request("my battle", "x:y"))).isEmpty();
    }

    @Test
    void aRecordWithoutAKeyIsNotLetIn() {
        assertThat(Intake.objection(null, Records.cancel(id)))
                .isEqualTo(Optional.of("the record's key is not the battle's id"));
    }

    @Test
    void aRecordThatIsTooLargeIsNotEvenDecoded() {
        BoundedDeserializer<byte[]> bounded =
                new BoundedDeserializer<>(new ByteArrayDeserializer(), 3);

        assertThat(bounded.deserialize("t", new byte[3])).hasSize(3);
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> bounded.deserialize("t", new byte[4]))
                .withMessage("the record has 4 bytes, at most 3 are read");
    }
}
