package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which models are asked. */
class CascadeModelsTest extends CascadeContract {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the policy's fast and strong, the operator's strong | who is asked, who confirms
                "-          | -           | -           | scripted:judge | scripted:judge",
                "openai:s   | -           | -           | openai:s       | openai:s",
                "openai:s   | -           | openai:big  | openai:s       | openai:big",
                "openai:s   | openai:l    | openai:big  | openai:s       | openai:l",
                "-          | openai:l    | -           | scripted:judge | openai:l"
            })
    void thePolicyNamesTheModelsElseTheOperatorElseTheSameOneConfirms(
            String fast, String strong, String operator, String asked, String confirms) {
        Cascade cascade =
                cascade(
                        new ModelRules(
                                STANDARD,
                                Optional.ofNullable(operator).map(ModelReference::parse),
                                Set.of()));
        TurnToJudge turn = turn(judge(fast, ""), judge(strong, ""));

        Step.Ask first = asked(cascade.begin(turn));
        Step.Ask second = asked(cascade.next(turn, first, new ModelAnswer.Said(YES, COST, null)));

        assertThat(first.model()).hasToString(asked);
        assertThat(second.model()).hasToString(confirms);
        assertThat(second.stage()).isEqualTo(Stage.STRONG);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // who answered for the fast and for the strong judge, whether they are two
                "-, -, true",
                "-, spare:x, true",
                "spare:x, spare:x, false",
                "-, openai:s, false",
                "openai:l, -, false"
            })
    void twoJudgesAreTwoOnlyWhereTwoModelsAnswered(String first, String second, boolean two) {
        TurnToJudge turn = turn(judge("openai:s", ""), judge("openai:l", ""));
        Cascade cascade = cascade(ANY);
        Step.Ask fast = asked(cascade.begin(turn));
        Step.Ask strong = asked(cascade.next(turn, fast, new ModelAnswer.Said(YES, COST, first)));

        Ruling ruling = ruled(cascade.next(turn, strong, new ModelAnswer.Said(YES, COST, second)));

        assertThat(ruling.stages())
                .extracting(StageVerdict::answering)
                .containsExactly(
                        Objects.toString(first, "openai:s"), Objects.toString(second, "openai:l"));
        assertThat(((Ruling.Decided) ruling).confidence())
                .isEqualTo(Confidence.ofAgreement(0.8, 0.8, two));
    }

    @ParameterizedTest
    @CsvSource({
        "openai:large, '', The judge model openai:large is not allowed.",
        "'', openai:large, The judge model openai:large is not allowed.",
        "openai:small, other:big, The judge model other:big is not allowed.",
        "gpt, '', Judge model"
    })
    void aModelThatMayNotJudgeIsTheRequestsFaultBeforeAnythingIsPaid(
            String fast, String strong, String detail) {
        ModelRules rules =
                new ModelRules(
                        STANDARD,
                        Optional.of(ModelReference.parse("own:strong")),
                        Set.of("openai:small", "local:*", "other:tiny-*"));

        Step step = cascade(rules).begin(turn(judge(fast, ""), judge(strong, "")));

        assertThat(failed(step).fault()).isEqualTo(Ruling.Fault.REQUEST);
        assertThat(failed(step).detail()).startsWith(detail);
        assertThat(failed(step).cost()).isEqualTo(StageVerdict.Cost.NONE);
    }

    @ParameterizedTest
    @CsvSource({"openai:small, local:any", "other:tiny-2, own:strong", "scripted:judge, ''"})
    void anAllowedModelIsAsked(String fast, String strong) {
        ModelRules rules =
                new ModelRules(
                        STANDARD,
                        Optional.of(ModelReference.parse("own:strong")),
                        Set.of("openai:small", "local:*", "other:tiny-*"));

        assertThat(asked(cascade(rules).begin(turn(judge(fast, ""), judge(strong, "")))).stage())
                .isEqualTo(Stage.FAST);
    }

    @Test
    void aBrokenValidatorIsTheRequestsFault() {
        Ruling.Failed failed =
                failed(cascade(ANY).begin(turn("hello", spec(Kind.REGEX, "[", OnMatch.PASS))));

        assertThat(failed.fault()).isEqualTo(Ruling.Fault.REQUEST);
        assertThat(failed.failing()).isEqualTo(Stage.VALIDATOR);
        assertThat(failed.detail())
                .contains("The pattern of validator 1 is no RE2 regular expression");
    }
}
