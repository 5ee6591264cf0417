package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Reads and follows the battles that this instance owns, also when they have left its views. */
@RestController
@RequestMapping("/internal/battles/{" + OwnerRouting.PATH_ID + "}")
final class BattleController {

    private static final int MOST_ROWS = 200;

    private final Views views;
    private final Battles battles;
    private final Subscriptions subscriptions;
    private final BattleFollowing following;
    private final DeltaTail deltas;
    private final LostFollowers lost;
    private final JsonMapper json;

    BattleController(
            Views views,
            Battles battles,
            Subscriptions subscriptions,
            BattleFollowing following,
            DeltaTail deltas,
            LostFollowers lost,
            JsonMapper json) {
        this.views = views;
        this.battles = battles;
        this.subscriptions = subscriptions;
        this.following = following;
        this.deltas = deltas;
        this.lost = lost;
        this.json = json;
    }

    @GetMapping
    StatusBody status(
            @PathVariable String id, @RequestParam(required = false) @Nullable String source) {
        return StatusBody.of(find(id, source).status());
    }

    @GetMapping("/messages")
    MessageBody.Messages messages(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int sinceSeq,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String source) {
        check("sinceSeq", sinceSeq, 0, Integer.MAX_VALUE);
        check("limit", limit, 1, MOST_ROWS);
        Battles.Found found = find(id, source);
        return MessageBody.Messages.of(
                Page.ofMessages(
                        found.status(), sinceSeq, found.reads().messagesAfter(sinceSeq, limit)));
    }

    @GetMapping("/verdicts")
    VerdictBody.Verdicts verdicts(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int sinceTurn,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String source) {
        check("sinceTurn", sinceTurn, 0, Integer.MAX_VALUE);
        check("limit", limit, 1, MOST_ROWS);
        Battles.Found found = find(id, source);
        return VerdictBody.Verdicts.of(
                Page.ofVerdicts(
                        found.status(), sinceTurn, found.reads().verdictsAfter(sinceTurn, limit)));
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
        Cursor from = cursor(after == null ? lastEventId : after);
        try (Subscription subscription = subscriptions.open(id);
                PartitionWatches.Watch _ = deltas.watch(views.partition(id))) {
            BattleReads past = battles.onlyPast(id);
            if (past != null) {
                following.tell(from, past, new ServerSentEvents(EventStream.open(response, json)));
                return;
            }
            following.awaitKnown(id, subscription);
            following.follow(
                    id, from, subscription, new ServerSentEvents(EventStream.open(response, json)));
        } catch (IOException e) {
            lost.count(id, e);
        }
    }

    private Battles.Found find(String id, @Nullable String source) {
        checkId(id);
        return battles.find(id, Source.named(source));
    }

    private static Cursor cursor(@Nullable Long value) {
        if (value == null) {
            return Cursor.START;
        }
        try {
            return new Cursor(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("after", String.valueOf(e.getMessage()));
        }
    }

    private static void checkId(String id) {
        if (id.getBytes(StandardCharsets.UTF_8).length > PlaceKeys.MOST_ID_BYTES) {
            throw new UnknownBattleException();
        }
    }

    private static void check(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidRequestException(
                    field, "%s is %d to %d".formatted(field, least, most));
        }
    }
}
