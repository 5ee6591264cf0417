package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.battle.adapter.BattlePaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
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
        LastEventId place = LastEventId.read(lastEventId, after);
        if (request.getMethod().equals("HEAD")) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        viewers.watch(battleId, place, request, response);
    }
}
