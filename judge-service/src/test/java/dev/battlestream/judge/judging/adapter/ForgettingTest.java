package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.Docket;
import dev.battlestream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered, for how long, and that nothing older is judged. */
class ForgettingTest {

    private JudgingRig rig;

    @BeforeEach
    void start(@TempDir Path state) {
        rig = new JudgingRig(state);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aTurnOlderThanTheRetentionIsNotJudged() {
        rig.send(
                Topics.BATTLE_TURNS,
                rig.battle(),
                Records.turn(rig.battle(), 1, "Hello"),
                new RecordHeaders(),
                Records.NOW.minus(JudgingRig.RETENTION).minusSeconds(1));

        rig.judgedNothingMoreThan(0);
        assertThat(rig.dropped("stale-turn")).isEqualTo(1);
    }

    @Test
    void battlesAreForgottenADayAfterTheRetentionAFewAtATime() {
        int battles = 2 * DocketSweep.BATTLES_PER_STEP + 1;
        for (int i = 0; i < battles; i++) {
            rig.dockets().put("battle-" + i, new Docket.Open(4, 4, 4, Records.NOW));
        }
        rig.dockets().put("young", new Docket.Open(1, 1, 1, Records.NOW.plus(Duration.ofDays(20))));

        rig.advance(JudgingRig.RETENTION.plus(DocketSweep.SLACK));
        assertThat(rig.count()).isEqualTo(battles + 1);
        rig.advance(DocketSweep.INTERVAL);
        assertThat(rig.count()).isEqualTo(battles + 1 - DocketSweep.BATTLES_PER_STEP);
        for (int i = 0; i < 3; i++) {
            rig.advance(DocketSweep.INTERVAL);
        }

        assertThat(rig.count()).isEqualTo(1);
        assertThat(rig.dockets().get("young")).isNotNull();
        assertThat(rig.forgotten()).isEqualTo(battles);
    }

    @Test
    void whatAForgottenBattleHeldIsForgottenToo() {
        for (int turn = 1; turn <= 3; turn++) {
            rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), turn, "Hello"));
        }
        assertThat(rig.held()).isEqualTo(2);

        rig.advance(JudgingRig.RETENTION.plus(Duration.ofDays(2)));
        rig.advance(DocketSweep.INTERVAL);

        assertThat(rig.dockets().get(rig.battle())).isNull();
        assertThat(rig.held()).isZero();
    }

    @Test
    void aReplayAfterTheRetentionJudgesNothing() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_VERDICTS, rig.verdict(1));
        rig.advance(JudgingRig.RETENTION.plus(Duration.ofDays(2)));
        rig.advance(DocketSweep.INTERVAL);
        assertThat(rig.dockets().get(rig.battle())).isNull();

        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.battle(), 1));

        rig.judgedNothingMoreThan(1);
        assertThat(rig.dropped("stale-turn")).isEqualTo(1);
        assertThat(rig.dropped("stale-verdict")).isEqualTo(1);
        assertThat(rig.dockets().get(rig.battle())).isNull();
    }
}
