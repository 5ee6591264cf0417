package dev.battlestream.gateway.document;

import static dev.battlestream.gateway.exchange.ProblemCode.ARCHIVE_UNAVAILABLE;
import static dev.battlestream.gateway.exchange.ProblemCode.BATTLE_ENDED;
import static dev.battlestream.gateway.exchange.ProblemCode.BATTLE_NOT_FOUND;
import static dev.battlestream.gateway.exchange.ProblemCode.BATTLE_RUNNING;
import static dev.battlestream.gateway.exchange.ProblemCode.BODY_TOO_LARGE;
import static dev.battlestream.gateway.exchange.ProblemCode.BROKER_UNAVAILABLE;
import static dev.battlestream.gateway.exchange.ProblemCode.DAILY_BUDGET_SPENT;
import static dev.battlestream.gateway.exchange.ProblemCode.DATABASE_UNAVAILABLE;
import static dev.battlestream.gateway.exchange.ProblemCode.IDEMPOTENCY_MISMATCH;
import static dev.battlestream.gateway.exchange.ProblemCode.INVALID_REQUEST;
import static dev.battlestream.gateway.exchange.ProblemCode.MALFORMED_JSON;
import static dev.battlestream.gateway.exchange.ProblemCode.MODEL_NOT_ALLOWED;
import static dev.battlestream.gateway.exchange.ProblemCode.PROVIDER_REFUSED;
import static dev.battlestream.gateway.exchange.ProblemCode.RATE_LIMITED;
import static dev.battlestream.gateway.exchange.ProblemCode.REGISTRY_UNAVAILABLE;
import static dev.battlestream.gateway.exchange.ProblemCode.REPORT_NOT_FINAL;
import static dev.battlestream.gateway.exchange.ProblemCode.REPORT_UNAVAILABLE;
import static dev.battlestream.gateway.exchange.ProblemCode.RUN_ENDED;
import static dev.battlestream.gateway.exchange.ProblemCode.RUN_NOT_FOUND;
import static dev.battlestream.gateway.exchange.ProblemCode.SHUTTING_DOWN;
import static dev.battlestream.gateway.exchange.ProblemCode.TOO_MANY_JOBS;
import static dev.battlestream.gateway.exchange.ProblemCode.TOO_MANY_STREAMS;
import static dev.battlestream.gateway.exchange.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static dev.battlestream.gateway.exchange.ProblemCode.WAIT_TIMED_OUT;

import dev.battlestream.gateway.document.Call.Answer;
import dev.battlestream.gateway.exchange.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** All calls of the contract. A test holds them against the routes that exist. */
public final class Calls {

    private static final List<ProblemCode> READING =
            List.of(INVALID_REQUEST, BATTLE_NOT_FOUND, REPORT_UNAVAILABLE, DATABASE_UNAVAILABLE);

    private static final List<ProblemCode> READING_RUNS =
            List.of(INVALID_REQUEST, RUN_NOT_FOUND, REPORT_UNAVAILABLE, DATABASE_UNAVAILABLE);

    private static final String LOCATION = "Location";
    private static final String RATE = "RateLimit";
    private static final String POLICY = "RateLimit-Policy";

    private static final String STREAM =
            """
            Server-sent events of a battle, from its beginning or from a cursor, then live, until it \
            has ended.

            | event | id | data |
            | --- | --- | --- |
            | `status` | no | `BattleStatus`: at the begin, and when the state changes |
            | `delta` | no | `{seq, turn, attempt, offset, text}`: more of the message that is \
            being written |
            | `retry` | no | `{seq, turn, attempt}`: an attempt at a message failed: discard its \
            deltas |
            | `message` | cursor | `BattleMessage`: a message, whole |
            | `verdict` | cursor | `JudgeVerdict`: what the judge said of the message before it |
            | `resync` | no | `{firstSeq}`: what the cursor asks for is gone; this is the first \
            there is |
            | `ended` | no | `BattleStatus`, the last one; the stream closes, and so should the \
            client |

            A client that lost its connection sends the last id it got as `Last-Event-ID` (an \
            `EventSource` does so by itself) and gets every event behind it once, in order. A \
            comment comes every 15 s. A client that reads too slowly is dropped and may come again.
            """;

    private static final String RUN_STREAM =
            """
            Server-sent events of a scale run, until it has ended.

            | event | id | data |
            | --- | --- | --- |
            | `status` | no | `RunStatus`: at the begin, and after changes |
            | `member` | cursor | `RunMember`: a battle that has ended |
            | `ended` | no | `RunStatus`, the last one; the stream closes, and so should the \
            client |

            A client that lost its connection sends the last id it got as `Last-Event-ID` (an \
            `EventSource` does so by itself) and gets every battle that ended behind it once, in \
            order. A comment comes every 15 s. A client that reads too slowly is dropped and may \
            come again. To see the messages of one battle, watch the battle.
            """;

    private Calls() {}

    /** The calls in the order in which a newcomer meets them. */
    public static List<Call> all() {
        List<Call> calls = new ArrayList<>();
        calls.add(
                new Call(
                        "/api/battles/start",
                        "POST",
                        "startBattle",
                        "Starts a battle",
                        """
                        Every field has a default: `{}` plays a whole battle on a fresh platform.

                        With an `Idempotency-Key` (or a `battleId` in the body) the same request is \
                        answered with the same battle however often it comes, for at least 24 \
                        hours. Once it is accepted it is in the database and will be played, even \
                        if the event log is away at the moment.

                        With `Prefer: wait=N` the answer comes when the battle has ended; after N \
                        seconds it is cancelled as timeout.
                        """,
                        List.of(
                                Answer.json(202, "Accepted; it is queued", "BattleStarted")
                                        .shownBy("started")
                                        .with(LOCATION, RATE, POLICY),
                                Answer.json(
                                                200,
                                                "It had been started before (`Idempotency-Replayed: true`),"
                                                        + " or it has ended (`Preference-Applied`)",
                                                "BattleStarted",
                                                "BattleStatus")
                                        .shownBy("started", "completed")
                                        .with(LOCATION, RATE, POLICY)),
                        List.of(
                                INVALID_REQUEST,
                                MODEL_NOT_ALLOWED,
                                MALFORMED_JSON,
                                BODY_TOO_LARGE,
                                UNSUPPORTED_MEDIA_TYPE,
                                IDEMPOTENCY_MISMATCH,
                                RATE_LIMITED,
                                TOO_MANY_JOBS,
                                DAILY_BUDGET_SPENT,
                                PROVIDER_REFUSED,
                                WAIT_TIMED_OUT,
                                DATABASE_UNAVAILABLE,
                                SHUTTING_DOWN)));
        calls.add(
                new Call(
                        "/api/battles",
                        "GET",
                        "listBattles",
                        "Lists battles, newest first",
                        """
                        From the archive, which follows the battles within moments; a battle that \
                        is queued counts as running here. Pages by `cursor` stay right while new \
                        battles come.
                        """,
                        List.of(Answer.json(200, "Some battles", "BattleList").shownBy("battles")),
                        List.of(INVALID_REQUEST, ARCHIVE_UNAVAILABLE, REPORT_UNAVAILABLE)));
        calls.add(status("/api/battles/{id}", "readBattle"));
        calls.add(status("/api/battles/{id}/status", "readBattleStatus"));
        calls.add(
                new Call(
                        "/api/battles/{id}/messages",
                        "GET",
                        "readMessages",
                        "What was said",
                        """
                        The messages behind `sinceSeq` in their order, or a `page` of them. Ask \
                        again with `sinceSeq` = `nextSeq` until `complete`: that is as good as \
                        the stream.
                        """,
                        List.of(
                                Answer.json(200, "Some messages", "MessagePage")
                                        .shownBy("messages")),
                        READING));
        calls.add(
                new Call(
                        "/api/battles/{id}/verdicts",
                        "GET",
                        "readVerdicts",
                        "What the judge decided",
                        "The decisions behind `sinceTurn` in their order, each with its stages.",
                        List.of(
                                Answer.json(200, "Some decisions", "VerdictPage")
                                        .shownBy("verdicts")),
                        READING));
        calls.add(
                new Call(
                        "/api/battles/{id}/cancel",
                        "POST",
                        "cancelBattle",
                        "Cancels a battle",
                        "May be repeated. A call to a model that is under way is interrupted.",
                        List.of(
                                Answer.json(202, "It will end", "CancelAccepted")
                                        .shownBy("cancelled")),
                        List.of(
                                INVALID_REQUEST,
                                BATTLE_NOT_FOUND,
                                BATTLE_ENDED,
                                DATABASE_UNAVAILABLE,
                                BROKER_UNAVAILABLE,
                                REGISTRY_UNAVAILABLE)));
        calls.add(
                new Call(
                        "/api/battles/{id}",
                        "DELETE",
                        "deleteBattle",
                        "Deletes a battle",
                        """
                        For good, and only one that has ended. A moment later nothing answers for it \
                        any more, and nothing that is built again from the log brings it back. What \
                        the log itself has of it leaves with its other records. Where keys are \
                        asked for, this needs one with the scope `admin`.
                        """,
                        List.of(
                                Answer.json(202, "It will be gone", "DeletionAccepted")
                                        .shownBy("deleted")),
                        List.of(
                                INVALID_REQUEST,
                                BATTLE_NOT_FOUND,
                                BATTLE_RUNNING,
                                REPORT_UNAVAILABLE,
                                DATABASE_UNAVAILABLE,
                                BROKER_UNAVAILABLE,
                                REGISTRY_UNAVAILABLE)));
        calls.add(stream("/api/stream/{id}", "streamBattle"));
        calls.add(stream("/api/battles/{id}/stream", "streamBattleEvents"));
        calls.addAll(runs());
        calls.add(
                new Call(
                        "/api/health",
                        "GET",
                        "readHealth",
                        "How everything is doing",
                        "Answers within half a second, also while a dependency hangs.",
                        List.of(
                                Answer.json(200, "Battles can be started and read", "HealthReport")
                                        .shownBy("degraded"),
                                Answer.json(503, "They cannot", "HealthReport").shownBy("down")),
                        List.of()));
        calls.add(
                new Call(
                        "/asyncapi.yaml",
                        "GET",
                        "readAsyncApi",
                        "The events as an AsyncAPI document",
                        "What other systems publish to Kafka and read from it.",
                        List.of(
                                Answer.text(200, "The document", "application/yaml")
                                        .shownBy("asyncapi")),
                        List.of()));
        return List.copyOf(calls);
    }

    private static List<Call> runs() {
        return List.of(
                new Call(
                        "/api/scale/start",
                        "POST",
                        "startRun",
                        "Starts a scale run",
                        """
                        A scale run plays one battle many times, some of them at the same time. It \
                        counts as one among what a client may have running, and its budget as a \
                        whole.

                        `budgetUsd` bounds all battles together, `battle.budgetUsd` each of them \
                        and so must not be more. A battle that names none gets an even share of \
                        what the run has left when it begins. What a battle leaves goes back to \
                        the run; one that the rest cannot hold does not begin, and once none goes \
                        on the run ends as `budget`. The stricter of the two always wins.

                        With an `Idempotency-Key` (or a `runId` in the body) the same request is \
                        answered with the same run however often it comes, for at least 24 hours. \
                        Once it is accepted it is in the database and will be played, even if the \
                        event log is away at the moment.
                        """,
                        List.of(
                                Answer.json(202, "Accepted; it is queued", "RunStarted")
                                        .shownBy("run-started")
                                        .with(LOCATION, RATE, POLICY),
                                Answer.json(
                                                200,
                                                "It had been started before"
                                                        + " (`Idempotency-Replayed: true`)",
                                                "RunStarted")
                                        .shownBy("run-started")
                                        .with(LOCATION, RATE, POLICY)),
                        List.of(
                                INVALID_REQUEST,
                                MODEL_NOT_ALLOWED,
                                MALFORMED_JSON,
                                BODY_TOO_LARGE,
                                UNSUPPORTED_MEDIA_TYPE,
                                IDEMPOTENCY_MISMATCH,
                                RATE_LIMITED,
                                TOO_MANY_JOBS,
                                DAILY_BUDGET_SPENT,
                                DATABASE_UNAVAILABLE)),
                new Call(
                        "/api/scale",
                        "GET",
                        "listRuns",
                        "Lists scale runs, newest first",
                        """
                        From the archive, which follows the runs within moments. Pages by `cursor` \
                        stay right while new runs come.
                        """,
                        List.of(Answer.json(200, "Some runs", "RunList").shownBy("runs")),
                        List.of(INVALID_REQUEST, ARCHIVE_UNAVAILABLE, REPORT_UNAVAILABLE)),
                runStatus("/api/scale/{runId}", "readRun"),
                runStatus("/api/scale/{runId}/status", "readRunStatus"),
                new Call(
                        "/api/scale/{runId}/report",
                        "GET",
                        "readRunReport",
                        "What came of a scale run",
                        """
                        How often the goal was reached, with an interval; how many turns, how much \
                        time and money it took; and every battle. As JSON, as a page that stands \
                        alone, or as the table of the battles for a spreadsheet. Of a run that goes \
                        on there is a report with `partial=true`.
                        """,
                        List.of(
                                Answer.json(200, "The report", "RunReport")
                                        .shownBy("run-report", "run-report-refused"),
                                Answer.text(200, "The report", "text/html")
                                        .shownBy("run-report-html"),
                                Answer.text(200, "The report", "text/csv")
                                        .shownBy("run-report-csv")),
                        List.of(
                                INVALID_REQUEST,
                                RUN_NOT_FOUND,
                                REPORT_NOT_FINAL,
                                REPORT_UNAVAILABLE,
                                DATABASE_UNAVAILABLE)),
                new Call(
                        "/api/scale/{runId}/cancel",
                        "POST",
                        "cancelRun",
                        "Cancels a scale run",
                        "May be repeated. Its battles that go on are cancelled, and no more begin.",
                        List.of(
                                Answer.json(202, "It will end", "CancelAccepted")
                                        .shownBy("cancelled")),
                        List.of(
                                INVALID_REQUEST,
                                RUN_NOT_FOUND,
                                RUN_ENDED,
                                DATABASE_UNAVAILABLE,
                                BROKER_UNAVAILABLE,
                                REGISTRY_UNAVAILABLE)),
                new Call(
                        "/api/scale/{runId}/stream",
                        "GET",
                        "streamRun",
                        "Watches a scale run live",
                        RUN_STREAM,
                        List.of(
                                Answer.text(200, "The events", "text/event-stream")
                                        .shownBy("run-stream")),
                        List.of(
                                INVALID_REQUEST,
                                RUN_NOT_FOUND,
                                TOO_MANY_STREAMS,
                                REPORT_UNAVAILABLE,
                                SHUTTING_DOWN)));
    }

    private static Call runStatus(String path, String id) {
        return new Call(
                path,
                "GET",
                id,
                "How a scale run is doing",
                "Send the `ETag` back as `If-None-Match`, and nothing is sent when nothing changed.",
                List.of(
                        Answer.json(200, "The status", "RunStatus")
                                .shownBy("run-running", "run-completed", "run-failed")
                                .with("ETag"),
                        Answer.empty(304, "It is as it was").with("ETag")),
                READING_RUNS);
    }

    private static Call status(String path, String id) {
        return new Call(
                path,
                "GET",
                id,
                "How a battle is doing",
                "Send the `ETag` back as `If-None-Match`, and nothing is sent when nothing changed.",
                List.of(
                        Answer.json(200, "The status", "BattleStatus")
                                .shownBy("running", "completed", "failed")
                                .with("ETag"),
                        Answer.empty(304, "It is as it was").with("ETag")),
                READING);
    }

    private static Call stream(String path, String id) {
        return new Call(
                path,
                "GET",
                id,
                "Watches a battle live",
                STREAM,
                List.of(Answer.text(200, "The events", "text/event-stream").shownBy("stream")),
                List.of(
                        INVALID_REQUEST,
                        BATTLE_NOT_FOUND,
                        TOO_MANY_STREAMS,
                        REPORT_UNAVAILABLE,
                        SHUTTING_DOWN));
    }
}
