package dev.battlestream.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactBatchTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

    @Test
    void theFirstRequestOfABattleCounts() {
        Fact.Asked first = asked(ID, "first");
        Fact.Asked other = asked(OTHER, "other");

        FactBatch batch = FactBatch.of(List.of(first, other, asked(ID, "second")));

        assertThat(batch.of(Fact.Asked.class)).containsExactly(first, other);
        assertThat(batch.repeated()).isEqualTo(1);
        assertThat(batch.singly()).hasSize(2);
    }

    @Test
    void ofEachRunAndTopicTheFurthestReadingCountsAlsoThatOfARepeat() {
        FactBatch batch = FactBatch.of(List.of(launched(7), launched(9), launched(8)));

        assertThat(batch.facts()).hasSize(1);
        assertThat(batch.repeated()).isEqualTo(2);
        assertThat(batch.readings())
                .containsExactly(new FactBatch.Reading(ID, new Run.AsOf("scale.members", 1, 9)));
    }

    private static Fact launched(long offset) {
        return new Fact.MemberLaunched(
                ID,
                new RunEvent.Launched(1, "member", Instant.EPOCH),
                new Run.AsOf("scale.members", 1, offset));
    }

    @Test
    void foreignTextIsKeptAsFarAsTheDatabaseCanHoldIt() {
        Fact.Asked asked = asked(ID, "a\0" + "b".repeat(197) + "😀 and more");

        assertThat(asked.agentId()).isEqualTo("a\uFFFD" + "b".repeat(197));
        assertThat(asked(ID, "c".repeat(198) + "😀!").agentId()).endsWith("c😀").hasSize(200);
    }

    private static Fact.Asked asked(UUID id, String agent) {
        return new Fact.Asked(id, Instant.EPOCH, null, agent, "", 25, null);
    }
}
