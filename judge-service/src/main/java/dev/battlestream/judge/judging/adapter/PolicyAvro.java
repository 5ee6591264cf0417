package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.TurnProduced;
import dev.battlestream.judge.judging.JudgingPolicy;
import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.judge.judging.TurnToJudge;
import dev.battlestream.schemas.ValidatorRecords;
import org.jspecify.annotations.Nullable;

/** What a turn is judged by, from the contract's record. */
final class PolicyAvro {

    private PolicyAvro() {}

    static TurnToJudge toJudge(TurnProduced turn) {
        return new TurnToJudge(
                turn.getBattleId(),
                turn.getTurn(),
                turn.getContent(),
                turn.getGoal(),
                policy(turn.getJudging()));
    }

    private static JudgingPolicy policy(dev.battlestream.events.JudgingPolicy policy) {
        return new JudgingPolicy(
                policy.getValidators().stream().map(ValidatorRecords::spec).toList(),
                ValidatorRecords.combination(policy.getCombine()),
                judge(policy.getFast()),
                judge(policy.getStrong()));
    }

    private static ModelJudge judge(dev.battlestream.events.@Nullable ModelJudge judge) {
        return judge == null
                ? ModelJudge.DEFAULT
                : new ModelJudge(judge.getModel(), judge.getRubric());
    }
}
