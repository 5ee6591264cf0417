package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.NOW;
import static dev.battlestream.runner.battle.BattleExamples.failedTurn;
import static dev.battlestream.runner.battle.BattleExamples.request;
import static dev.battlestream.runner.battle.BattleExamples.requested;
import static dev.battlestream.runner.battle.BattleExamples.turn;
import static dev.battlestream.runner.battle.BattleExamples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Decision.KeepMessage;
import dev.battlestream.runner.battle.Decision.StartTurn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever order the topics of a battle arrive in, each keeping its own and with repeats, the
 * battle comes to the same end and nothing that has arrived is asked for.
 */
final class BattleInterleavingsTest {

    static List<Long> seeds() {
        return new Random(20_260_102).longs(500).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInterleavingComesToTheSameEnd(long seed) {
        Random random = new Random(seed);
        Log log = Log.random(random);

        Played inOrder = play(log.inOrder());
        Played shuffled = play(log.interleaved(random));

        assertThat(shuffled.outcomes).as("log %s", log).hasSize(1).isEqualTo(inOrder.outcomes);
        assertThat(shuffled.messages).isEqualTo(inOrder.messages);
        assertThat(shuffled.battle).isEqualTo(inOrder.battle);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCancellationAnywhereEndsItOnceWithoutAGap(long seed) {
        Random random = new Random(seed);
        List<BattleInput> inputs = Log.random(random).interleaved(random);
        inputs.add(random.nextInt(inputs.size() + 1), new CancelAsked(EndReason.MANUAL, NOW));

        Played played = play(inputs);

        assertThat(played.outcomes).hasSize(1);
        Progress progress = played.outcomes.getFirst().progress();
        assertThat(played.messages).hasSize(progress.messages());
        assertThat(progress.verdicts()).isBetween(progress.turns() - 1, progress.turns());
    }

    private static Played play(List<BattleInput> inputs) {
        Played played = new Played();
        Set<Integer> arrived = new HashSet<>();
        for (BattleInput input : inputs) {
            if (input instanceof BattleInput.TurnArrived turn) {
                arrived.add(turn.seq());
            }
            Decision decision = BattleDecider.decide(played.battle, input);
            played.battle = decision.battle();
            for (Action action : decision.actions()) {
                switch (action) {
                    case StartTurn start -> {
                        assertThat(arrived).doesNotContain(start.seq());
                        assertThat(played.asked.add(start.seq())).as("asked for twice").isTrue();
                    }
                    case KeepMessage keep -> {
                        assertThat(keep.seq()).isEqualTo(played.messages.size() + 1);
                        played.messages.add(keep.content());
                    }
                    case End end -> {
                        played.outcomes.add(end.outcome());
                        played.messages
                                .subList(
                                        end.outcome().progress().messages(), played.messages.size())
                                .clear();
                    }
                    case Decision.CancelTurn _, Decision.Ignore _ -> {}
                }
            }
        }
        return played;
    }

    private static final class Played {
        Battle battle = Battle.UNKNOWN;
        final List<Outcome> outcomes = new ArrayList<>();
        final List<String> messages = new ArrayList<>();
        final Set<Integer> asked = new HashSet<>();
    }

    /** What lies on the three topics of one whole battle. */
    private record Log(
            List<BattleInput> requests, List<BattleInput> turns, List<BattleInput> verdicts) {

        static Log random(Random random) {
            int limit = 1 + random.nextInt(25);
            boolean opponent = random.nextBoolean();
            int goalAt = random.nextInt(30);
            int failsAt = random.nextInt(80);
            // A call costs 0.01: some budgets end the battle, others do not.
            @Nullable String budget =
                    random.nextBoolean() ? null : "0." + (10 + random.nextInt(90));
            Tariff tariff =
                    new Tariff(
                            price(random), price(random), BigDecimal.valueOf(random.nextInt(3), 2));
            @Nullable Integer plateauTurns = random.nextBoolean() ? null : 2 + random.nextInt(6);
            List<BattleInput> turns = new ArrayList<>();
            List<BattleInput> verdicts = new ArrayList<>();
            int seq = 0;
            for (int turn = 1; turn <= limit; turn++) {
                if (++seq == failsAt) {
                    turns.add(failedTurn(seq));
                    break;
                }
                turns.add(turn(seq, turn, Speaker.AGENT));
                boolean goal = turn == goalAt;
                verdicts.add(verdict(turn, goal ? Ruling.YES : Ruling.NO, estimate(random)));
                if (goal || turn == limit) {
                    break;
                }
                if (opponent) {
                    if (++seq == failsAt) {
                        turns.add(failedTurn(seq));
                        break;
                    }
                    turns.add(turn(seq, turn, Speaker.OPPONENT));
                }
            }
            return new Log(
                    withRepeats(
                            List.of(
                                    requested(
                                            request(limit, opponent, budget, plateauTurns),
                                            tariff)),
                            random),
                    withRepeats(turns, random),
                    withRepeats(verdicts, random));
        }

        private static CallPrice price(Random random) {
            return new CallPrice(
                    BigDecimal.valueOf(random.nextInt(4), 2),
                    BigDecimal.valueOf(random.nextInt(3), 3),
                    BigDecimal.valueOf(random.nextInt(3), 4));
        }

        private static @Nullable Double estimate(Random random) {
            return random.nextInt(4) == 0 ? null : random.nextInt(8) / 10.0;
        }

        /** Some records once more, somewhere behind their first. */
        private static List<BattleInput> withRepeats(List<BattleInput> firsts, Random random) {
            List<BattleInput> all = new ArrayList<>(firsts);
            for (BattleInput first : firsts) {
                if (random.nextInt(4) == 0) {
                    int from = all.indexOf(first) + 1;
                    all.add(from + random.nextInt(all.size() - from + 1), first);
                }
            }
            return all;
        }

        List<BattleInput> inOrder() {
            List<BattleInput> all = new ArrayList<>(requests);
            all.addAll(turns);
            all.addAll(verdicts);
            return all;
        }

        List<BattleInput> interleaved(Random random) {
            List<List<BattleInput>> topics =
                    new ArrayList<>(
                            List.of(
                                    new ArrayList<>(requests),
                                    new ArrayList<>(turns),
                                    new ArrayList<>(verdicts)));
            List<BattleInput> all = new ArrayList<>();
            while (!topics.isEmpty()) {
                List<BattleInput> topic = topics.get(random.nextInt(topics.size()));
                if (topic.isEmpty()) {
                    topics.remove(topic);
                } else {
                    all.add(topic.removeFirst());
                }
            }
            return all;
        }
    }
}
