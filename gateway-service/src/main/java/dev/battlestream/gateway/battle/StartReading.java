package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.exchange.FieldError;
import java.util.List;

/** What became of a body: a request that keeps all rules, or everything that is wrong with it. */
public sealed interface StartReading {

    /** The request may go on. */
    record Accepted(StartBattle start) implements StartReading {}

    /** The request is refused; at least one error. */
    record Refused(List<FieldError> errors) implements StartReading {

        public Refused {
            if (errors.isEmpty()) {
                throw new IllegalStateException("a refusal without a reason");
            }
            errors = List.copyOf(errors);
        }
    }
}
