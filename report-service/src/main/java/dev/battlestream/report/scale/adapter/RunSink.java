package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.RunStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a follower is told how a run goes. Every method blocks until its bytes are taken, and
 * throws when the follower has gone or takes too long.
 */
interface RunSink {

    void status(RunStatus status) throws IOException;

    /**
     * A member ended.
     *
     * @param specification of its run; null until the request is seen
     * @param place where a follower goes on behind it
     */
    void member(Member member, @Nullable RunSpecification specification, long place)
            throws IOException;

    void ended(RunStatus status) throws IOException;

    /** A sign of life. */
    void heartbeat() throws IOException;

    /** Nothing more for now: let go of what is buffered. */
    void flush() throws IOException;
}
