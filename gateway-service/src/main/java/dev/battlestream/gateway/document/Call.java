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
     * @param examples names of bodies that are shown
     * @param headers names of the headers that it always has, beside those of every answer
     */
    public record Answer(
            int status,
            String text,
            Optional<String> mediaType,
            List<String> schemas,
            List<String> examples,
            List<String> headers) {

        public Answer {
            schemas = List.copyOf(schemas);
            examples = List.copyOf(examples);
            headers = List.copyOf(headers);
        }

        static Answer json(int status, String text, String... schemas) {
            return of(status, text, Optional.of("application/json"), List.of(schemas));
        }

        static Answer text(int status, String text, String mediaType) {
            return of(status, text, Optional.of(mediaType), List.of());
        }

        static Answer empty(int status, String text) {
            return of(status, text, Optional.empty(), List.of());
        }

        private static Answer of(
                int status, String text, Optional<String> mediaType, List<String> schemas) {
            return new Answer(status, text, mediaType, schemas, List.of(), List.of());
        }

        /** The same with bodies that are shown. */
        Answer shownBy(String... names) {
            return new Answer(status, text, mediaType, schemas, List.of(names), headers);
        }

        /** The same with headers that it always has. */
        Answer with(String... names) {
            return new Answer(status, text, mediaType, schemas, examples, List.of(names));
        }
    }

    public Call {
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
    }
}
