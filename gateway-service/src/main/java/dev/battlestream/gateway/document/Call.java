package dev.battlestream.gateway.document;

import dev.battlestream.gateway.exchange.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * One call of the contract, in words.
 *
 * @param path as the controllers map it
 * @param method GET or POST
 * @param id unique name; generated clients name their methods after it
 * @param summary one line
 * @param text what a caller has to know
 * @param answers how it can end well
 * @param problems how it can end otherwise, beside what every call can end with
 */
public record Call(
        String path,
        String method,
        String id,
        String summary,
        String text,
        List<Answer> answers,
        List<ProblemCode> problems) {

    /**
     * A good end.
     *
     * @param status HTTP status
     * @param text what it means
     * @param mediaType of the body; empty where there is none
     * @param schemas names of the body's schema, one of several where it depends; empty for plain
     *     text
     */
    public record Answer(
            int status, String text, Optional<String> mediaType, List<String> schemas) {

        public Answer {
            schemas = List.copyOf(schemas);
        }

        static Answer json(int status, String text, String... schemas) {
            return new Answer(status, text, Optional.of("application/json"), List.of(schemas));
        }

        static Answer text(int status, String text, String mediaType) {
            return new Answer(status, text, Optional.of(mediaType), List.of());
        }

        static Answer empty(int status, String text) {
            return new Answer(status, text, Optional.empty(), List.of());
        }
    }

    public Call {
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
    }
}
