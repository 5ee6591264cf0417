package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.battle.adapter.BattlePaths;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.stream.Cursor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Streams battles as server-sent events; the request's own virtual thread writes the stream. */
@RestController
final class StreamController {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,10}");

    private final Viewers viewers;

    StreamController(Viewers viewers) {
        this.viewers = viewers;
    }

    @GetMapping(
            path = {"/api/stream/{id}", "/api/battles/{id}/stream"},
            produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        UUID battleId = BattlePaths.battleId(id);
        // A client that connects again repeats its URL: the header is newer than the parameter.
        boolean comesAgain = lastEventId != null && !lastEventId.isEmpty();
        long cursor = comesAgain ? cursor("Last-Event-ID", lastEventId) : cursor("after", after);
        if (request.getMethod().equals("HEAD")) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        viewers.watch(battleId, cursor, comesAgain, request, response);
    }

    private static long cursor(String name, @Nullable String text) {
        if (text == null) {
            return Cursor.START;
        }
        if (!CURSOR.matcher(text).matches() || Long.parseLong(text) > Cursor.MOST) {
            throw RequestProblem.invalid(
                    List.of(new FieldError(name, "must be the id of an event, a whole number")));
        }
        return Long.parseLong(text);
    }
}
