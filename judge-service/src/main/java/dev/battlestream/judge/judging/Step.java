package dev.battlestream.judge.judging;

import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ModelReference;
import java.util.List;

/** What is to be done next to reach a ruling. */
public sealed interface Step {

    /**
     * A model is asked; {@link Cascade#next} goes on from its answer.
     *
     * @param criteria what this stage applies
     * @param prompt the versions of the texts that it is asked with
     * @param attempt 1, or 2 for the answer after a repair
     * @param spent what the stage has cost before
     * @param said what earlier stages said, in order
     */
    record Ask(
            Stage stage,
            ModelReference model,
            List<ChatMessage> messages,
            List<String> criteria,
            String prompt,
            int attempt,
            StageVerdict.Cost spent,
            List<StageVerdict> said)
            implements Step {

        public Ask {
            messages = List.copyOf(messages);
            criteria = List.copyOf(criteria);
            said = List.copyOf(said);
        }
    }

    /** Nothing more is asked. */
    record Ruled(Ruling ruling) implements Step {}
}
