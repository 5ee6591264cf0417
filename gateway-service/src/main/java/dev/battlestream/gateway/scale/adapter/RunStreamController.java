package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.stream.adapter.LastEventId;
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

/** Streams scale runs as server-sent events. */
@RestController
final class RunStreamController {

    private final RunViewers viewers;

    RunStreamController(RunViewers viewers) {
        this.viewers = viewers;
    }

    @GetMapping(path = "/api/scale/{runId}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @PathVariable String runId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        UUID id = RunPaths.runId(runId);
        LastEventId place = LastEventId.readOfRun(lastEventId, after);
        if (request.getMethod().equals("HEAD")) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        viewers.watch(id, place, request, response);
    }
}
