package dev.battlestream.gateway.report.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

    @Test
    void eventsCommentsAndUnknownFieldsAreReadByTheStandard() throws IOException {
        assertThat(
                        read(
                                """
                                : hello
                                retry: 2000

                                event: message
                                id: 4
                                data: {"a":1}
                                data: é

                                data:x

                                id
                                event: status

                                event: cut
                                data: never told\
                                """))
                .containsExactly(
                        new SseEvent("message", "4", "{\"a\":1}\né"),
                        new SseEvent("message", null, "x"));
    }

    @Test
    void carriageReturnsBelongToLineEnds() throws IOException {
        assertThat(read("event: ended\r\ndata: 1\r\n\r\n"))
                .containsExactly(new SseEvent("ended", null, "1"));
    }

    @Test
    void anEventOrALineWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(200))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("data: 0123456789\n".repeat(20)))
                .isInstanceOf(IOException.class);
    }

    private static List<SseEvent> read(String text) throws IOException {
        SseReader reader = new SseReader(new ByteArrayInputStream(text.getBytes(UTF_8)), 100);
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }
}
