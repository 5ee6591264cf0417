package dev.battlestream.gateway.scale;

import dev.battlestream.gateway.exchange.FieldError;
import java.util.List;

/** What became of a body: a request that keeps all rules, or everything that is wrong with it. */
public sealed interface RunReading {

    /** The request may go on. */
    record Accepted(StartRun start) implements RunReading {}

    /** The request keeps all rules but asks for models that it may not; at least one error. */
    record ModelNotAllowed(List<FieldError> errors) implements RunReading {

        public ModelNotAllowed {
            errors = List.copyOf(errors);
        }
    }

    /** The request breaks rules; at least one error, those of its models included. */
    record Refused(List<FieldError> errors) implements RunReading {

        public Refused {
            if (errors.isEmpty()) {
                throw new IllegalStateException("a refusal without a reason");
            }
            errors = List.copyOf(errors);
        }
    }
}
