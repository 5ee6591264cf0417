package dev.battlestream.judge.judging;

import static dev.battlestream.judge.judging.JudgingDeciderTest.agent;
import static dev.battlestream.judge.judging.JudgingDeciderTest.failed;
import static dev.battlestream.judge.judging.JudgingDeciderTest.opponent;
import static dev.battlestream.judge.judging.JudgingDeciderTest.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
            assertThat(run.held()).isEmpty();
            assertThat(run.outOfPlace()).isEmpty();
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

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aBattleWhoseVerdictsAreOnlyOursIsJudgedToItsEndWhateverArrivesFirst(long seed) {
        Random random = new Random(seed);
        List<JudgingInput> turns = new ArrayList<>();
        int played = battle(random, turns, new ArrayList<>());
        turns.replaceAll(turn -> sometimesUnfit(random, turn));
        withRepeats(random, turns);

        for (int i = 0; i < SHUFFLES; i++) {
            assertThat(verdictsOfOurs(turns, random))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, played).boxed().toList());
        }
    }

    private static JudgingInput sometimesUnfit(Random random, JudgingInput input) {
        return input instanceof TurnArrived turn && random.nextInt(6) == 0
                ? new TurnArrived(
                        turn.seq(),
                        random.nextInt(30),
                        turn.speaker(),
                        turn.failed(),
                        random.nextBoolean(),
                        turn.at(),
                        turn.forgottenBefore())
                : input;
    }

    /** Whatever is judged ends as a verdict on the log, in any order; answers those accepted. */
    private static List<Integer> verdictsOfOurs(List<JudgingInput> turns, Random random) {
        Deque<JudgingInput> left = new ArrayDeque<>(turns);
        List<Integer> underWay = new ArrayList<>();
        List<Integer> accepted = new ArrayList<>();
        Docket docket = Docket.UNHEARD;
        double turnsFirst = random.nextDouble();
        while (!left.isEmpty() || !underWay.isEmpty()) {
            boolean takeLeft =
                    underWay.isEmpty() || (!left.isEmpty() && random.nextDouble() < turnsFirst);
            Collections.shuffle(underWay, random);
            JudgingInput input = takeLeft ? left.pop() : verdict(underWay.removeLast());
            Decision decision = JudgingDecider.decide(docket, input);
            docket = decision.docket();
            switch (decision.action()) {
                case Decision.Action.Judge(int turn, Fitness _) -> underWay.add(turn);
                case Decision.Action.Settle(int turn, OptionalInt next) -> {
                    accepted.add(turn);
                    next.ifPresent(underWay::add);
                }
                case Decision.Action.Drop(DropReason reason) ->
                        assertThat(reason)
                                .isIn(DropReason.REPEATED_TURN, DropReason.TURN_AFTER_FAILURE);
                case Decision.Action.Hold _, Decision.Action.Remember _ -> {}
            }
        }
        return accepted;
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
            TreeSet<Integer> held,
            List<Integer> outOfPlace) {

        /** Judged is what has no verdict yet, while that of the turn before is known. */
        private void judge(int turn, Set<Integer> settled) {
            judged.add(turn);
            pending.add(turn);
            if (settled.contains(turn) || (turn > 1 && !settled.contains(turn - 1))) {
                outOfPlace.add(turn);
            }
        }
    }

    private static Run run(
            List<JudgingInput> turns,
            List<JudgingInput> verdicts,
            Random random,
            double turnsFirst) {
        Deque<JudgingInput> left = new ArrayDeque<>(turns);
        Deque<JudgingInput> right = new ArrayDeque<>(verdicts);
        Docket docket = Docket.UNHEARD;
        Run run =
                new Run(
                        docket,
                        new ArrayList<>(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new ArrayList<>());
        TreeSet<Integer> settled = new TreeSet<>();
        while (!left.isEmpty() || !right.isEmpty()) {
            boolean takeLeft =
                    right.isEmpty() || (!left.isEmpty() && random.nextDouble() < turnsFirst);
            Decision decision = JudgingDecider.decide(docket, takeLeft ? left.pop() : right.pop());
            switch (decision.action()) {
                case Decision.Action.Judge(int turn, Fitness _) -> run.judge(turn, settled);
                case Decision.Action.Hold(int turn, Fitness _) -> run.held().add(turn);
                case Decision.Action.Settle(int turn, OptionalInt next) -> {
                    run.pending().remove(turn);
                    settled.add(turn);
                    next.ifPresent(released -> {
                        assertThat(run.held().remove(released)).isTrue();
                        run.judge(released, settled);
                    });
                }
                case Decision.Action.Remember _, Decision.Action.Drop _ -> {}
            }
            docket = decision.docket();
        }
        return new Run(docket, run.judged(), run.pending(), run.held(), run.outOfPlace());
    }
}
