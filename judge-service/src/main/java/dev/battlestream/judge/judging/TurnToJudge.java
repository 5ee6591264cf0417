package dev.battlestream.judge.judging;

/**
 * A turn of the agent and all that it is judged by.
 *
 * @param battle the battle's id
 * @param turn from 1
 * @param text what the agent said
 * @param goal what it has to reach; may be empty
 * @param policy how it is judged
 */
public record TurnToJudge(String battle, int turn, String text, String goal, JudgingPolicy policy) {

    /** Sizes and ids only: contents do not belong in logs. */
    @Override
    public String toString() {
        return "TurnToJudge[battle=%s, turn=%d, text=%d characters, goal=%d characters]"
                .formatted(battle, turn, text.length(), goal.length());
    }
}
