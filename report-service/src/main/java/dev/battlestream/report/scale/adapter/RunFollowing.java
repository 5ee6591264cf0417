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
 * ended, and the status when it has changed, but not more often than it can be looked at. As with
 * battles, past and present are read from the same rows, so that there is no gap and no repeat.
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
    private final Duration statusEvery;
    private final Duration heartbeat;
    private final Duration appearWithin;

    /**
     * @param statusEvery time between two statuses at least
     */
    RunFollowing(
            Function<String, RunReads> views,
            InstantSource clock,
            Duration statusEvery,
            Duration heartbeat,
            Duration appearWithin) {
        this.views = views;
        this.clock = clock;
        this.statusEvery = statusEvery;
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
            Duration owed = telling.statusOwedIn();
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
        private long toldAt;
        private boolean owed;

        Telling(long cursor, RunSink sink) {
            this.cursor = cursor;
            this.sink = sink;
        }

        /** In which time a status that was held back is to be told; null for none. */
        @Nullable Duration statusOwedIn() {
            if (!owed) {
                return null;
            }
            long left = toldAt + statusEvery.toNanos() - System.nanoTime();
            return Duration.ofNanos(Math.max(left, 0));
        }

        /** Tells what there is; answers whether more may come. */
        boolean on(RunReads reads) throws IOException {
            Run run = reads.run();
            if (run == null) {
                return false;
            }
            List<Member> members = reads.members();
            RunStatus status = RunStatus.of(run, members, clock.instant());
            boolean over = run.ending() != null && status.completed() == status.launched();
            if (told == null || !over) {
                tell(status);
            }
            for (Map.Entry<Long, Member> next : after(members).entrySet()) {
                sink.member(next.getValue(), run.specification(), next.getKey());
                cursor = next.getKey();
            }
            if (over) {
                sink.ended(status);
            }
            return !over;
        }

        private void tell(RunStatus status) throws IOException {
            if (status.equals(told)) {
                owed = false;
                return;
            }
            owed = told != null && System.nanoTime() - toldAt < statusEvery.toNanos();
            if (!owed) {
                sink.status(status);
                told = status;
                toldAt = System.nanoTime();
            }
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
