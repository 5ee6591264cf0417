package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.EventStream;
import dev.battlestream.report.battle.adapter.InvalidRequestException;
import dev.battlestream.report.battle.adapter.LostFollowers;
import dev.battlestream.report.battle.adapter.OwnerRouting;
import dev.battlestream.report.battle.adapter.RefusedException;
import dev.battlestream.report.battle.adapter.Source;
import dev.battlestream.report.battle.adapter.Subscription;
import dev.battlestream.report.battle.adapter.Subscriptions;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Reads, reports and follows the scale runs that this instance owns, also those of its past. */
@RestController
@RequestMapping("/internal/runs/{" + OwnerRouting.PATH_ID + "}")
final class RunController {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=utf-8");

    private final Runs runs;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final RunFollowing following;
    private final LostFollowers lost;
    private final JsonMapper json;

    RunController(
            Runs runs,
            InstantSource clock,
            Subscriptions subscriptions,
            RunFollowing following,
            LostFollowers lost,
            JsonMapper json) {
        this.runs = runs;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.following = following;
        this.lost = lost;
        this.json = json;
    }

    @GetMapping
    RunStatusBody status(
            @PathVariable String id, @RequestParam(required = false) @Nullable String source) {
        Runs.Found found = find(id, source);
        return RunStatusBody.of(RunStatus.of(found.run(), found.members(), clock.instant()));
    }

    @GetMapping("/report")
    ResponseEntity<?> report(
            @PathVariable String id,
            @RequestParam(defaultValue = "json") String format,
            @RequestParam(defaultValue = "false") boolean partial,
            @RequestParam(required = false) @Nullable String source) {
        ReportFormat wanted = ReportFormat.named(format);
        RunReport report = find(id, source).report();
        if (!report.complete() && !partial) {
            throw new RefusedException(
                    HttpStatus.CONFLICT,
                    "report_not_final",
                    "the run has not ended; partial=true tells what there is so far");
        }
        return switch (wanted) {
            case JSON ->
                    ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(RunReportBody.of(report));
            case HTML -> text(HTML, RunHtml.render(report));
            case CSV -> text(CSV, RunCsv.render(report));
        };
    }

    private static ResponseEntity<byte[]> text(MediaType type, String text) {
        return ResponseEntity.ok().contentType(type).body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs on the request's own virtual thread until the stream ends. */
    @GetMapping("/events")
    void events(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Long after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId,
            HttpServletResponse response)
            throws InterruptedException {
        checkId(id);
        long from = place(after == null ? lastEventId : after);
        try (Subscription subscription = subscriptions.open(id)) {
            RunReads past = runs.onlyPast(id);
            if (past != null) {
                following.tell(from, past, new RunEvents(EventStream.open(response, json)));
                return;
            }
            following.awaitKnown(id, subscription);
            following.follow(
                    id, from, subscription, new RunEvents(EventStream.open(response, json)));
        } catch (IOException e) {
            lost.count(id, e);
        }
    }

    private static long place(@Nullable Long value) {
        if (value == null) {
            return 0;
        }
        if (value < 0) {
            throw new InvalidRequestException(Map.of("after", "a cursor is a number from 0"));
        }
        return value;
    }

    private Runs.Found find(String id, @Nullable String source) {
        checkId(id);
        return runs.find(id, Source.named(source));
    }

    private static void checkId(String id) {
        if (!RunIds.isOne(id)) {
            throw RunFollowing.unknown();
        }
    }
}
