package dev.battlestream.local.battles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SseParserTest {

    private final SseParser parser = new SseParser();

    private List<SseEvent> parse(String... lines) {
        return List.of(lines).stream().map(parser::line).flatMap(Optional::stream).toList();
    }

    @Test
    void anEventEndsWithAnEmptyLine() {
        assertThat(parse("id: 7", "event: verdict", "data: {\"turn\":1}", ""))
                .containsExactly(new SseEvent("7", "verdict", "{\"turn\":1}"));
        assertThat(parser.lastId()).contains("7");
    }

    @Test
    void dataOfSeveralLinesIsJoinedAndOnlyOneSpaceIsDropped() {
        assertThat(parse("data:a", "data:  b", "data", ""))
                .containsExactly(new SseEvent(null, "message", "a\n b\n"));
    }

    @Test
    void commentsHintsAndEmptyEventsAreNothing() {
        assertThat(parse(": keep-alive", "retry: 2000", "", "event: status", "", "new: x", ""))
                .isEmpty();
    }

    @Test
    void anEventWithoutCursorLeavesTheLastOne() {
        parse("id: 3", "data: a", "", "event: delta", "data: b", "");

        assertThat(parser.lastId()).contains("3");
    }

    @Test
    void aHalfReadEventIsForgottenOverANewConnection() {
        parse("id: 3", "data: a", "", "id: 4", "data: lo");
        parser.reconnected();

        assertThat(parse("id: 4", "data: lost", ""))
                .containsExactly(new SseEvent("4", "message", "lost"));
    }

    @Test
    void theCursorOfAHalfReadEventDoesNotCount() {
        parse("id: 3", "data: a", "", "id: 4");

        assertThat(parser.lastId()).contains("3");
    }
}
