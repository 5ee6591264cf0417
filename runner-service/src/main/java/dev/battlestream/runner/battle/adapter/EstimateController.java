package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.runner.battle.Battle;
import dev.battlestream.runner.battle.BattleDecider;
import dev.battlestream.runner.battle.BattleInput.Requested;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Estimate;
import dev.battlestream.runner.battle.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Says what a battle would cost at most, without starting it. For the platform's own tools. */
@RestController
final class EstimateController {

    /**
     * US dollars as decimal text.
     *
     * @param maxTokensPerTurn what was reckoned with
     * @param cappedUsd the total, or the budget if that is less
     */
    record Answer(
            Map<String, String> worstCaseUsd,
            String totalUsd,
            String cappedUsd,
            int messageLimit,
            int maxTokensPerTurn) {}

    private final BattleRules rules;

    EstimateController(BattleRules rules) {
        this.rules = rules;
    }

    /**
     * @param body a start request as the gateway takes it; what costs nothing is not looked at
     * @throws ResponseStatusException 400 if it breaks a rule of the runner's
     */
    @PostMapping("/internal/estimate")
    Answer estimate(@RequestBody EstimateBody body) {
        BattleRequested asked = body.request(rules.caps().messageLimit());
        refusal(asked)
                .ifPresent(fault -> {
                    throw new ResponseStatusException(HttpStatus.BAD_REQUEST, fault.detail());
                });
        BattleRequested request = rules.bounded(rules.withDefaults(asked));
        Estimate estimate = rules.tariffs().estimate(request);
        BigDecimal budget = request.getBudgetUsd();
        BigDecimal total = BattleAvro.money(estimate.totalUsd());
        return new Answer(
                Map.of(
                        "agent", text(estimate.agentUsd()),
                        "opponent", text(estimate.opponentUsd()),
                        "fastJudge", text(estimate.fastJudgeUsd()),
                        "strongJudge", text(estimate.strongJudgeUsd())),
                text(total),
                text(budget == null ? total : total.min(budget)),
                request.getMessageLimit(),
                request.getMaxTokensPerTurn());
    }

    private Optional<Fault> refusal(BattleRequested asked) {
        Requested input =
                new Requested(
                        BattleAvro.request(asked, Optional.of(Duration.ZERO)),
                        rules.caps(),
                        () -> rules.tariffs().of(rules.withDefaults(asked)),
                        Map.of(),
                        Instant.EPOCH);
        return BattleDecider.decide(Battle.UNKNOWN, input).actions().stream()
                .filter(End.class::isInstance)
                .map(End.class::cast)
                .flatMap(end -> end.outcome().fault().stream())
                .findFirst();
    }

    private static String text(BigDecimal usd) {
        BigDecimal plain = BattleAvro.money(usd).stripTrailingZeros();
        return plain.signum() == 0 ? "0" : plain.toPlainString();
    }
}
