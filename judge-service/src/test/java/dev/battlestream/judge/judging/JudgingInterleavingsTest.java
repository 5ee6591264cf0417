package dev.battlestream.judge.judging;

import static dev.battlestream.judge.judging.JudgingDeciderTest.agent;
import static dev.battlestream.judge.judging.JudgingDeciderTest.failed;
import static dev.battlestream.judge.judging.JudgingDeciderTest.opponent;
import static dev.battlestream.judge.judging.JudgingDeciderTest.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Turns and verdicts come from two topics: whatever the interleaving, the outcome is the same. */
class JudgingInterleavingsTest {

    private static final int SHUFFLES = 40;

    static List<Long> seeds() {
        return new Random(20_260_301).longs(150).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInterleavingEndsTheSameAndJudgesATurnAtMostOnce(long seed) {
        Random random = new Random(seed);
        List<JudgingInput> turns = new ArrayList<>();
        List<JudgingInput> verdicts = new ArrayList<>();
        int played = battle(random, turns, verdicts);
        withRepeats(random, turns);
        withRepeats(random, verdicts);
        Docket inOrder = run(turns, verdicts, new Random(0), 1.0).docket();

        for (int i = 0; i < SHUFFLES; i++) {
            Run run = run(turns, verdicts, random, random.nextDouble());

            assertThat(run.docket()).isEqualTo(inOrder);
            assertThat(run.judged()).doesNotHaveDuplicates().allMatch(turn -> turn <= played);
            assertThat(run.pending()).isEmpty();
            assertThat(run.judgedAfterVerdict()).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aTurnWithoutAVerdictIsJudgedInEveryInterleaving(long seed) {
        Random random = new Random(seed);
        List<JudgingInput> turns = new ArrayList<>();
        List<JudgingInput> verdicts = new ArrayList<>();
        int played = battle(random, turns, verdicts);
        if (played == 0) {
            return;
        }
        verdicts.removeLast();

        for (int i = 0; i < SHUFFLES; i++) {
            assertThat(run(turns, verdicts, random, random.nextDouble()).pending())
                    .containsExactly(played);
        }
    }

    /** A random battle with all of its verdicts; answers how many turns it has. */
    private static int battle(
            Random random, List<JudgingInput> turns, List<JudgingInput> verdicts) {
        int limit = random.nextInt(26);
        boolean opponent = random.nextBoolean();
        int seq = 0;
        for (int turn = 1; turn <= limit; turn++) {
            if (random.nextInt(20) == 0) {
                turns.add(failed(++seq, turn));
                return turn - 1;
            }
            turns.add(agent(++seq, turn));
            verdicts.add(verdict(turn));
            if (opponent) {
                turns.add(opponent(++seq, turn));
            }
        }
        return limit;
    }

    /** Repeats come after the first record of their identity, anywhere. */
    private static void withRepeats(Random random, List<JudgingInput> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (random.nextInt(4) == 0) {
                inputs.add(i + 1 + random.nextInt(inputs.size() - i), inputs.get(i));
            }
        }
    }

    private record Run(
            Docket docket,
            List<Integer> judged,
            TreeSet<Integer> pending,
            List<Integer> judgedAfterVerdict) {}

    private static Run run(
            List<JudgingInput> turns,
            List<JudgingInput> verdicts,
            Random random,
            double turnsFirst) {
        Deque<JudgingInput> left = new ArrayDeque<>(turns);
        Deque<JudgingInput> right = new ArrayDeque<>(verdicts);
        Run run = new Run(Docket.UNHEARD, new ArrayList<>(), new TreeSet<>(), new ArrayList<>());
        TreeSet<Integer> settled = new TreeSet<>();
        while (!left.isEmpty() || !right.isEmpty()) {
            boolean takeLeft =
                    right.isEmpty() || (!left.isEmpty() && random.nextDouble() < turnsFirst);
            Decision decision =
                    JudgingDecider.decide(run.docket(), takeLeft ? left.pop() : right.pop());
            switch (decision.action()) {
                case Decision.Action.Judge(int turn) -> {
                    run.judged().add(turn);
                    run.pending().add(turn);
                    if (settled.contains(turn)) {
                        run.judgedAfterVerdict().add(turn);
                    }
                }
                case Decision.Action.Settle(int turn) -> {
                    run.pending().remove(turn);
                    settled.add(turn);
                }
                case Decision.Action.Remember _, Decision.Action.Drop _ -> {}
            }
            run = new Run(decision.docket(), run.judged(), run.pending(), run.judgedAfterVerdict());
        }
        return run;
    }
}
