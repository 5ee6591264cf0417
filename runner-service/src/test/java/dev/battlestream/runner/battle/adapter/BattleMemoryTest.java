package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Verdict;
import dev.battlestream.runner.battle.adapter.stored.StoredBattle;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runner keeps of a battle, and what it forgets. */
final class BattleMemoryTest {

    private BattleRig rig;

    @BeforeEach
    void start(@TempDir Path state) {
        rig = new BattleRig(state);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void theEndedBattleLeavesNothingButAMarker() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.send(Topics.BATTLE_TURNS, rig.playedTurn(1));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.YES));

        for (String store : List.of("battles", "requests", "transcript", "turn-pending")) {
            try (var all = rig.driver.getKeyValueStore(store).all()) {
                assertThat(all.hasNext()).as(store).isFalse();
            }
        }
        assertThat(rig.driver.<String, Long>getKeyValueStore("ended").get(rig.id)).isNotNull();
    }

    @Test
    void aRepeatedRequestCausesNoSecondCall() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.playedTurn(1);
        rig.send(Topics.BATTLE_CANCELLATIONS, Records.cancel(rig.id));
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));

        assertThat(rig.model.requests).hasSize(1);
        assertThat(rig.dropped("repeated-request")).isEqualTo(2);
    }

    @Test
    void aTurnReadBeforeItsRequestIsNotAskedForAgain() {
        TurnProduced early = rig.turnOf(1, "said before the crash");
        rig.send(Topics.BATTLE_TURNS, early);
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.NO));
        rig.playedTurn(2);

        assertThat(rig.model.requests).hasSize(1);
        assertThat(rig.model.requests.getFirst().messages())
                .anyMatch(message -> message.content().equals("said before the crash"));
    }

    @Test
    void earlyMessagesLieOneByOneAndLeaveNothingBehind() {
        for (int turn = 1; turn <= 3; turn++) {
            rig.send(Topics.BATTLE_TURNS, rig.turnOf(turn, "x".repeat(500_000)));
        }
        StoredBattle stored =
                rig.driver.<String, StoredBattle>getKeyValueStore("battles").get(rig.id);
        assertThat(StoredFormats.of(StoredBattle.class).encode(stored)).hasSizeLessThan(1_000);

        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.YES));

        assertThat(rig.ended().getMessageCount()).isEqualTo(1);
        try (var left = rig.driver.getKeyValueStore("transcript").all()) {
            assertThat(left.hasNext()).isFalse();
        }
    }

    @Test
    void markersAreForgottenOnlyAfterTheTurnsOfTheBattle() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.playedTurn(1);
        rig.send(Topics.BATTLE_CANCELLATIONS, Records.cancel(rig.id));

        rig.driver.advanceWallClockTime(LogRetention.DEFAULT.history());
        assertThat(rig.driver.<String, Long>getKeyValueStore("ended").get(rig.id)).isNotNull();
        rig.driver.advanceWallClockTime(Duration.ofDays(2));
        assertThat(rig.driver.<String, Long>getKeyValueStore("ended").get(rig.id)).isNull();
    }
}
