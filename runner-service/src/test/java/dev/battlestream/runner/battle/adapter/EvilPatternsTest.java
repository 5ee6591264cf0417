package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.policy.RegexCost;
import dev.battlestream.runner.battle.Battle;
import dev.battlestream.runner.battle.BattleDecider;
import dev.battlestream.runner.battle.BattleInput;
import dev.battlestream.runner.battle.Caps;
import dev.battlestream.runner.battle.Tariff;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.testkit.EvilPatterns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No expression holds a runner up, whoever wrote it to the log. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvilPatternsTest {

    private static final long SEED = Long.getLong("battlestream.patterns.seed", 4711);
    private static final int GENERATED = Integer.getInteger("battlestream.patterns.count", 4_000);

    private static final Duration MOST = Duration.ofSeconds(1);

    private static final Caps CAPS =
            new Caps(
                    25,
                    32_768,
                    Duration.ofHours(24),
                    32_000,
                    50,
                    20,
                    1_000,
                    50,
                    200,
                    LogRetention.DEFAULT.requests(),
                    _ -> true,
                    BattleRules::isReference,
                    _ -> true);

    static List<String> classics() {
        return EvilPatterns.classics();
    }

    @ParameterizedTest
    @MethodSource("classics")
    void aBattleWithAnEvilExpressionIsAdmittedOrRefusedAtOnce(String pattern) {
        assertDecided(pattern);
    }

    @Test
    void expressionsOfEveryShapeAreAdmittedOrRefusedAtOnce() {
        long admitted =
                EvilPatterns.generated(SEED, GENERATED)
                        .filter(EvilPatternsTest::assertDecided)
                        .count();

        assertThat(admitted)
                .as("of %d with seed %d", GENERATED, SEED)
                .isBetween(GENERATED / 10L, GENERATED * 9L / 10);
    }

    private static boolean assertDecided(String pattern) {
        BattleRequested record =
                BattleRequested.newBuilder(
                                Records.request(
                                        "00000000-0000-4000-8000-000000000001", "scripted:x"))
                        .setJudging(
                                JudgingPolicy.newBuilder()
                                        .setValidators(
                                                List.of(
                                                        Validator.newBuilder()
                                                                .setType(ValidatorType.REGEX)
                                                                .setPattern(pattern)
                                                                .build()))
                                        .build())
                        .build();
        AtomicReference<Battle> battle = new AtomicReference<>(Battle.UNKNOWN);
        Duration took =
                EvilPatterns.processorTime(() ->
                        battle.set(
                                BattleDecider.decide(
                                                Battle.UNKNOWN,
                                                new BattleInput.Requested(
                                                        BattleAvro.request(
                                                                record, Optional.of(Duration.ZERO)),
                                                        CAPS,
                                                        () -> Tariff.FREE,
                                                        Map.of(),
                                                        Records.NOW))
                                        .battle()));

        assertThat(took).as(pattern).isLessThan(MOST);
        boolean admitted = battle.get() instanceof Battle.AwaitingTurn;
        assertThat(admitted)
                .as(pattern)
                .isEqualTo(
                        !pattern.isEmpty()
                                && RegexCost.of(pattern) <= RegexCost.MAX_PER_POLICY
                                && isRegularExpression(pattern));
        return admitted;
    }

    private static boolean isRegularExpression(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException _) {
            return false;
        }
    }
}
