package dev.battlestream.report.battle;

import java.time.Instant;

/**
 * When a battle did what, by the events' own clocks.
 *
 * @param startedAt by the outcome; before it by the request; before that the oldest time seen
 * @param lastActivityAt time of the newest event; the end once it ended
 * @param recordedAt newest timestamp of its records, which retention counts from as Kafka does; the
 *     outcome's once it ended
 */
public record Times(Instant startedAt, Instant lastActivityAt, Instant recordedAt) {

    Times startedAt(Instant at) {
        return new Times(at, lastActivityAt, recordedAt);
    }

    Times startedAtLatest(Instant at) {
        return at.isBefore(startedAt) ? startedAt(at) : this;
    }

    Times activeAt(Instant at, Instant recorded) {
        return new Times(startedAt, later(lastActivityAt, at), later(recordedAt, recorded));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
