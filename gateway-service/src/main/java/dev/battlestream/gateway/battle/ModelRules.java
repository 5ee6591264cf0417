package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.exchange.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the models that a start asks for may not be asked. */
final class ModelRules {

    private ModelRules() {}

    /** Every model that is not allowed; empty for a request that may go on. */
    static List<FieldError> broken(StartBattle start, AllowedModels allowed) {
        Optional<Opponent> opponent = start.opponent();
        return Stream.of(
                        refused("model", allowed.maySpeak(start.model())),
                        opponent.stream()
                                .flatMap(o ->
                                        refused("opponent.model", allowed.maySpeak(o.model()))),
                        judge("judge.fast.model", start.judging().fast(), allowed),
                        judge("judge.strong.model", start.judging().strong(), allowed))
                .flatMap(errors -> errors)
                .toList();
    }

    private static Stream<FieldError> judge(
            String field, Optional<ModelJudge> judge, AllowedModels allowed) {
        return judge.stream().flatMap(j -> refused(field, allowed.mayJudge(j.model())));
    }

    private static Stream<FieldError> refused(String field, boolean allowed) {
        return allowed ? Stream.empty() : Stream.of(new FieldError(field, AllowedModels.REFUSAL));
    }
}
