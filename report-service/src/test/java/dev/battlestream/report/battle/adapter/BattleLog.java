package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.TurnProduced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the five topics carry of one battle, made from a seed: with repeated calls, failed turns,
 * calls that outlive a cancellation, second requests, second outcomes and deletions. Each topic on
 * its own is as its contract says.
 */
record BattleLog(String battleId, List<List<Entry>> topics) {

    /** One record with its timestamp. */
    record Entry(SpecificRecord record, Instant at) {}

    static BattleLog random(Random random) {
        return new Writer(random).write();
    }

    private static final class Writer {

        private final Random random;
        private final String id;
        private final List<Entry> requests = new ArrayList<>();
        private final List<Entry> turns = new ArrayList<>();
        private final List<Entry> verdicts = new ArrayList<>();
        private final List<Entry> outcomes = new ArrayList<>();
        private final List<Entry> deletions = new ArrayList<>();
        private int second;

        Writer(Random random) {
            this.random = random;
            this.id = new UUID(random.nextLong(), random.nextLong()).toString();
        }

        BattleLog write() {
            if (chance(0.9)) {
                add(requests, Records.requested(id));
            }
            if (chance(0.2)) {
                add(requests, Records.requested(id));
            }
            boolean withOpponent = random.nextBoolean();
            int agentTurns = random.nextInt(6);
            int messages = 0;
            List<Integer> messagesAfterTurn = new ArrayList<>(List.of(0));
            for (int turn = 1; turn <= agentTurns; turn++) {
                add(turns, Records.agent(id, ++messages, turn));
                repeatOneOf(turns);
                add(verdicts, Records.verdict(id, turn, messages));
                if (chance(0.2)) {
                    add(verdicts, Records.verdict(id, turn, messages));
                }
                if (withOpponent && turn < agentTurns) {
                    add(turns, Records.opponent(id, ++messages, turn));
                    repeatOneOf(turns);
                }
                messagesAfterTurn.add(messages);
            }
            end(agentTurns, messages, messagesAfterTurn);
            if (chance(0.3)) {
                add(deletions, Records.deletion(id));
                if (random.nextBoolean()) {
                    add(deletions, Records.deletion(id));
                }
            }
            return new BattleLog(id, List.of(requests, turns, verdicts, outcomes, deletions));
        }

        private void end(int agentTurns, int messages, List<Integer> messagesAfterTurn) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    // Still running.
                }
                case 1 ->
                        add(
                                outcomes,
                                Records.ended(
                                        id, EndReason.LIMIT, agentTurns, messages, agentTurns));
                case 2 -> {
                    add(turns, Records.failedTurn(id, messages + 1, agentTurns + 1));
                    if (random.nextBoolean()) {
                        add(turns, Records.agent(id, messages + 1, agentTurns + 1));
                    }
                    add(
                            outcomes,
                            Records.ended(id, EndReason.ERROR, agentTurns, messages, agentTurns));
                }
                default -> {
                    // Cancelled while calls were under way: what came later is surplus.
                    int kept = random.nextInt(agentTurns + 1);
                    add(
                            outcomes,
                            Records.ended(
                                    id,
                                    EndReason.MANUAL,
                                    kept,
                                    messagesAfterTurn.get(kept),
                                    Math.max(0, kept - random.nextInt(2))));
                }
            }
            if (!outcomes.isEmpty() && chance(0.2)) {
                add(outcomes, Records.ended(id, EndReason.TIMEOUT, 1, 1, 1));
            }
        }

        private void repeatOneOf(List<Entry> entries) {
            if (chance(0.3)
                    && entries.get(random.nextInt(entries.size())).record()
                            instanceof TurnProduced turn) {
                add(entries, Records.repeated(turn));
            }
        }

        private void add(List<Entry> topic, SpecificRecord record) {
            topic.add(new Entry(record, ViewsDriver.NOW.plusSeconds(++second)));
        }

        private boolean chance(double probability) {
            return random.nextDouble() < probability;
        }
    }
}
