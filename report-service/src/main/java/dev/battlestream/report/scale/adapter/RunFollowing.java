package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.RefusedException;
import dev.battlestream.report.battle.adapter.Subscription;
import dev.battlestream.report.battle.adapter.ViewUnavailableException;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Tells one follower how a run goes: each member once when it has ended, in the order in which they
 * ended, and the status when it has changed. As with battles, past and present are read from the
 * same rows, so that there is no gap and no repeat.
 *
 * <p>A look at all members costs what the run is large, and many may end at once: so it looks at
 * once after a while of quiet, and otherwise once in a while. Only an end of the run is looked at
 * without delay.
 *
 * <p>It ends when the run has ended and all its members are told, when the run leaves the view,
 * when this instance ceases to own it or goes down, and with an exception when the follower has
 * gone. Except in the first case the follower connects again with its cursor and goes on.
 */
final class RunFollowing {

    /** How long a stream outlives a view that cannot be read; assignments take less. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Function<String, RunReads> views;
    private final InstantSource clock;
    private final Duration lookEvery;
    private final Duration heartbeat;
    private final Duration appearWithin;

    /**
     * @param lookEvery time between two looks at the members, and so between two statuses, at least
     */
    RunFollowing(
            Function<String, RunReads> views,
            InstantSource clock,
            Duration lookEvery,
            Duration heartbeat,
            Duration appearWithin) {
        this.views = views;
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.heartbeat = heartbeat;
        this.appearWithin = appearWithin;
    }

    /** What is answered for a run that no view knows. */
    static RefusedException unknown() {
        return new RefusedException(HttpStatus.NOT_FOUND, "not_found", "no such run");
    }

    /**
     * Waits until a run is known.
     *
     * @throws RefusedException if it does not appear in time
     * @throws ViewUnavailableException if the view cannot be read
     */
    void awaitKnown(String runId, Subscription subscription) throws InterruptedException {
        if (!subscription.awaitKnown(() -> views.apply(runId).run() != null, appearWithin)) {
            throw unknown();
        }
    }

    /**
     * Tells a run that is over behind a cursor.
     *
     * @param after as in {@link #follow}
     * @throws IOException if the follower has gone
     */
    void tell(long after, RunReads run, RunSink sink) throws IOException {
        boolean _ = new Telling(after, sink).on(run);
        sink.flush();
    }

    /**
     * Tells the run behind a cursor.
     *
     * @param after the place of the last member that was told; 0 for none
     * @throws IOException if the follower has gone
     */
    void follow(String runId, long after, Subscription subscription, RunSink sink)
            throws IOException, InterruptedException {
        Telling telling = new Telling(after, sink);
        long readableAt = System.nanoTime();
        while (subscription.active()) {
            subscription.clear();
            boolean readable = true;
            try {
                if (!telling.on(views.apply(runId))) {
                    return;
                }
            } catch (ViewUnavailableException e) {
                readable = false;
                if (System.nanoTime() - readableAt > PATIENCE.toNanos()) {
                    return;
                }
            }
            sink.flush();
            Duration owed = telling.owedIn();
            Duration pause = owed == null ? heartbeat : owed;
            boolean rung = subscription.await(readable ? pause : RETRY);
            if (readable) {
                readableAt = System.nanoTime();
                if (!rung && owed == null) {
                    sink.heartbeat();
                }
            }
        }
    }

    private final class Telling {

        private final RunSink sink;
        private long cursor;
        private @Nullable RunStatus told;
        private @Nullable Long lookedAt;
        private boolean endSeen;
        private boolean owed;

        Telling(long cursor, RunSink sink) {
            this.cursor = cursor;
            this.sink = sink;
        }

        /** In which time is to be told what was held back; null for nothing. */
        @Nullable Duration owedIn() {
            return owed ? early() : null;
        }

        /** How long it is until the next look; zero if it may be now. */
        private Duration early() {
            return lookedAt == null
                    ? Duration.ZERO
                    : Duration.ofNanos(
                            Math.max(0, lookedAt + lookEvery.toNanos() - System.nanoTime()));
        }

        /** Tells what there is; answers whether more may come. */
        boolean on(RunReads reads) throws IOException {
            // The run first: what it says has ended has its members in place.
            Run run = reads.run();
            if (run == null) {
                return false;
            }
            boolean early = early().isPositive();
            boolean ends = run.ending() != null && !endSeen;
            owed = early;
            if (early && !ends) {
                return true;
            }
            boolean over = tell(run, run.own(reads.members()), early);
            endSeen = run.ending() != null;
            lookedAt = System.nanoTime();
            return !over;
        }

        /** Answers whether nothing more can come. */
        private boolean tell(Run run, List<Member> members, boolean early) throws IOException {
            RunStatus status = RunStatus.of(run, members, clock.instant());
            boolean over = run.ending() != null && status.completed() == status.launched();
            if (told == null || !(early || over || status.equals(told))) {
                sink.status(status);
                told = status;
            }
            for (Map.Entry<Long, Member> next : after(members).entrySet()) {
                sink.member(next.getValue(), run.specification(), next.getKey());
                cursor = next.getKey();
            }
            if (over) {
                sink.ended(status);
            }
            return over;
        }

        /** Those that have ended and have not been told, by place. */
        private Map<Long, Member> after(List<Member> members) {
            Map<Long, Member> ended = new TreeMap<>();
            for (Member member : members) {
                MemberResult result = member.result();
                if (result != null && result.place() > cursor) {
                    ended.put(result.place(), member);
                }
            }
            return ended;
        }
    }
}
