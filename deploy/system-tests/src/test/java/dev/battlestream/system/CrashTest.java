package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The guarantee that the rest stands on: whenever the runner or the judge is killed, every battle
 * ends once, without a gap or a repeat, and no call is paid twice but those in flight at the kills.
 *
 * <p>Small by default; {@code -Dbattlestream.crash.kills=10 -Dbattlestream.crash.battles=200} is
 * the whole size, {@code -Dbattlestream.crash.seed} repeats a run.
 */
@Timeout(1_200)
class CrashTest {

    private static final int KILLS = Integer.getInteger("battlestream.crash.kills", 2);
    private static final int BATTLES = Integer.getInteger("battlestream.crash.battles", 40);
    private static final long SEED =
            Long.getLong("battlestream.crash.seed", System.currentTimeMillis());

    /**
     * Turns of a battle; each takes about 0.3 s with the agent's model and 0.3 s with the judge's.
     */
    private static final int TURNS = 6;

    private static final String MODEL = "scripted:never";
    private static final String JUDGE = "scripted:judge-slow";

    /** One service that is killed and what it writes for each call of its model. */
    private record Victim(ServiceKind kind, Topic<?> results) {}

    private final Platform platform = Platform.shared();

    @Test
    void theRunnerIsKilled() throws Exception {
        battlesSurviveKillsOf(new Victim(ServiceKind.RUNNER, Topics.BATTLE_TURNS));
    }

    @Test
    void theJudgeIsKilled() throws Exception {
        battlesSurviveKillsOf(new Victim(ServiceKind.JUDGE, Topics.BATTLE_VERDICTS));
    }

    private void battlesSurviveKillsOf(Victim victim) throws Exception {
        platform.with(ServiceKind.RUNNER, ServiceKind.JUDGE);
        ServiceProcess service = platform.service(victim.kind());
        Random random = new Random(SEED);
        List<String> battles = new ArrayList<>();
        long callsBefore = service.calls();
        long writtenBefore = platform.written(victim.results());
        long inFlight = 0;
        try (BattleLog log = new BattleLog(platform.infra())) {
            for (int kill = 0; kill < KILLS; kill++) {
                for (int i = 0; i < BATTLES / KILLS; i++) {
                    battles.add(asked(log));
                }
                pause(Duration.ofMillis(300 + random.nextInt(3_000)));
                service.kill();
                // Dead, it neither calls nor publishes: calls without a result were in flight, at
                // this kill or an earlier one.
                long calls = service.calls() - callsBefore;
                inFlight = calls - (platform.written(victim.results()) - writtenBefore);
                service.start().awaitReady();
            }
            for (String battle : battles) {
                assertWhole(log.awaitEnd(battle, Duration.ofMinutes(3)));
            }
        }
        long results = (long) battles.size() * TURNS;
        long calls = service.calls() - callsBefore;
        System.out.printf(
                "%s killed %d times (seed %d): %d battles, %d results, %d calls repeated, %d in flight at the kills%n",
                victim.kind(), KILLS, SEED, battles.size(), results, calls - results, inFlight);
        assertThat(calls).isLessThanOrEqualTo(results + inFlight);
    }

    private static String asked(BattleLog log) throws InterruptedException {
        String battle = UUID.randomUUID().toString();
        log.request(
                BattleRequested.newBuilder()
                        .setBattleId(battle)
                        .setRequestedAt(Instant.now())
                        .setModel(MODEL)
                        .setMessageLimit(TURNS)
                        .setJudging(
                                JudgingPolicy.newBuilder()
                                        .setFast(new ModelJudge(JUDGE, ""))
                                        .build())
                        .build());
        return battle;
    }

    private static void assertWhole(BattleRecords battle) {
        assertThat(battle.outcomes()).isEqualTo(1);
        assertThat(battle.outcome().getReason()).isEqualTo(EndReason.LIMIT);
        assertThat(battle.outcome().getMessageCount()).isEqualTo(TURNS);
        assertThat(battle.outcome().getVerdictCount()).isEqualTo(TURNS);
        assertThat(battle.messages())
                .extracting(TurnProduced::getSeq)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, TURNS).boxed().toList());
        assertThat(battle.verdicts()).hasSize(TURNS);
    }

    /** The random moment of a kill. */
    private static void pause(Duration pause) {
        await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
    }
}
