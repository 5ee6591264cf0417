package dev.battlestream.schemas;

import java.time.Duration;

/** How long the records of a topic stay: most follow a setting of the operator. */
public enum Lifetime {
    /** As requests do. */
    REQUESTS {
        @Override
        Duration in(LogRetention retention) {
            return retention.requests();
        }
    },
    /** As what happened does. */
    HISTORY {
        @Override
        Duration in(LogRetention retention) {
            return retention.history();
        }
    },
    /** Longer than anything that they delete. */
    DELETIONS {
        @Override
        Duration in(LogRetention retention) {
            return retention.deletions();
        }
    },
    /** For screens only: ten minutes, whatever the settings. */
    MOMENTS {
        @Override
        Duration in(LogRetention retention) {
            return Duration.ofMinutes(10);
        }
    };

    /** How long a record stays at least. */
    abstract Duration in(LogRetention retention);

    /** How long a dead letter stays at least: as long as the record that it copies, and history. */
    Duration ofDeadLetters(LogRetention retention) {
        Duration own = in(retention);
        return own.compareTo(retention.history()) > 0 ? own : retention.history();
    }
}
