package dev.battlestream.gateway.health;

import dev.battlestream.gateway.health.HealthReport.State;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one role that are alive, as the broker sees them by their heartbeats. One that
 * was killed is counted until its session times out.
 *
 * @param status up: at least one instance has work; degraded: they are handing work over; down:
 *     there is none, or nobody can say
 * @param alive how many there are; null when nobody can say
 */
public record Workers(State status, @Nullable Integer alive) {

    /** The broker does not say. */
    public static final Workers UNKNOWN = new Workers(State.DOWN, null);

    /** What follows the instance's name in the name of each of its threads' clients. */
    private static final String THREAD = "-StreamThread-";

    /**
     * One member of a consumer group: a thread of an instance.
     *
     * @param clientId name of the instance and the thread
     * @param host where it runs
     */
    public record Member(String clientId, String host) {

        private String instance() {
            int end = clientId.lastIndexOf(THREAD);
            return host + ' ' + (end < 0 ? clientId : clientId.substring(0, end));
        }
    }

    /**
     * Counts the instances behind the members of a group.
     *
     * @param settled whether every member knows its work
     */
    public static Workers of(boolean settled, Collection<Member> members) {
        int alive = members.stream().map(Member::instance).collect(Collectors.toSet()).size();
        State status = alive == 0 ? State.DOWN : settled ? State.UP : State.DEGRADED;
        return new Workers(status, alive);
    }

    boolean up() {
        return status == State.UP;
    }
}
