package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.EventStream;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.RunStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells a follower of a run by server-sent events. */
final class RunEvents implements RunSink {

    private final EventStream stream;

    RunEvents(EventStream stream) {
        this.stream = stream;
    }

    @Override
    public void status(RunStatus status) throws IOException {
        stream.event("status", null, RunStatusBody.of(status));
    }

    @Override
    public void member(Member member, @Nullable RunSpecification specification, long place)
            throws IOException {
        stream.event("member", place, MemberBody.of(member, specification));
    }

    @Override
    public void ended(RunStatus status) throws IOException {
        stream.event("ended", null, RunStatusBody.of(status));
        flush();
    }

    @Override
    public void heartbeat() throws IOException {
        stream.heartbeat();
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }
}
