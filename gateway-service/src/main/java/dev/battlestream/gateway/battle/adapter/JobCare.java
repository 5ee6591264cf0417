package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.JobKind;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What keeps the table of jobs true and small; several gateways may do it at the same time. */
final class JobCare {

    private static final String TAKE_OVERDUE =
            """
            UPDATE gateway.jobs SET check_after = now() + make_interval(secs => :again)
            WHERE battle_id IN (
                SELECT battle_id FROM gateway.jobs
                WHERE check_after <= now() AND ended_at IS NULL
                ORDER BY check_after LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING kind, battle_id\
            """;

    private static final String LOCK_SLOTS =
            """
            SELECT client FROM gateway.client_slots WHERE client > :after
            ORDER BY client LIMIT :most FOR UPDATE\
            """;

    private static final String RECOUNT =
            """
            UPDATE gateway.client_slots s
            SET running = c.running, reserved_usd = c.reserved_usd
            FROM (SELECT o.client, count(j.battle_id)::integer AS running,
                         coalesce(sum(j.reserved_usd), 0) AS reserved_usd
                  FROM unnest(CAST(:clients AS text[])) AS o (client)
                  LEFT JOIN gateway.jobs j ON j.client = o.client AND j.ended_at IS NULL
                  GROUP BY o.client) c
            WHERE s.client = c.client
              AND (s.running <> c.running OR s.reserved_usd <> c.reserved_usd)\
            """;

    private static final String FORGET_KEYS =
            """
            UPDATE gateway.jobs SET idempotency_key = NULL
            WHERE battle_id IN (
                SELECT battle_id FROM gateway.jobs
                WHERE idempotency_key IS NOT NULL
                  AND created_at < now() - make_interval(secs => :kept)
                ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED)\
            """;

    private static final String FORGET_JOBS =
            """
            DELETE FROM gateway.jobs
            WHERE battle_id IN (
                SELECT battle_id FROM gateway.jobs
                WHERE ended_at IS NOT NULL AND created_at < now() - make_interval(secs => :kept)
                ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED)\
            """;

    private static final String FORGET_SLOTS =
            """
            DELETE FROM gateway.client_slots
            WHERE client IN (
                SELECT s.client FROM gateway.client_slots s
                WHERE s.running = 0 AND s.changed_at < now() - make_interval(days => 1)
                  AND NOT EXISTS (SELECT FROM gateway.jobs j
                                  WHERE j.client = s.client AND j.ended_at IS NULL)
                LIMIT :most FOR UPDATE SKIP LOCKED)\
            """;

    private static final String COUNTS =
            """
            SELECT (SELECT count(*) FROM gateway.jobs WHERE ended_at IS NULL) AS running,
                   (SELECT count(*) FROM gateway.jobs WHERE publish_after IS NOT NULL) AS unpublished
            """;

    /**
     * How many jobs there are.
     *
     * @param running without an end
     * @param unpublished whose request is not known to be on the log
     */
    record Counts(long running, long unpublished) {}

    /** A job whose outcome should have come by now. */
    record Overdue(JobKind kind, UUID id) {}

    private record Page(List<String> clients, int wrong) {}

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final JobSettings settings;

    JobCare(JdbcClient sql, TransactionTemplate transactions, JobSettings settings) {
        this.sql = sql;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Takes some jobs whose outcome should have come by now, until the next healing. */
    List<Overdue> takeOverdue() {
        return sql.sql(TAKE_OVERDUE)
                .param("again", Jobs.seconds(settings.healEvery()))
                .param("most", settings.batch())
                .query((row, _) ->
                        new Overdue(Jobs.kind(row), row.getObject("battle_id", UUID.class)))
                .list();
    }

    /**
     * Counts every client's running jobs and what is reserved for them anew. The slots are locked
     * before the jobs are counted: an admission holds its slot until its job is there, so the count
     * misses none.
     *
     * @return how many counts were wrong
     */
    int recount() {
        int wrong = 0;
        Page page = new Page(List.of(""), 0);
        do {
            String behind = page.clients().getLast();
            page = transactions.execute(_ -> recountBehind(behind));
            wrong += page.wrong();
        } while (page.clients().size() == settings.batch());
        return wrong;
    }

    private Page recountBehind(String client) {
        List<String> locked =
                sql.sql(LOCK_SLOTS)
                        .param("after", client)
                        .param("most", settings.batch())
                        .query((row, _) -> row.getString("client"))
                        .list();
        int wrong = sql.sql(RECOUNT).param("clients", locked.toArray(String[]::new)).update();
        return new Page(locked, wrong);
    }

    /** Forgets some keys that are old enough. */
    int forgetKeys() {
        return forget(FORGET_KEYS, Jobs.seconds(settings.keysKept()));
    }

    /** Forgets some ended battles that are old enough. */
    int forgetJobs() {
        return forget(FORGET_JOBS, Jobs.seconds(settings.kept()));
    }

    private int forget(String statement, double seconds) {
        return sql.sql(statement).param("kept", seconds).param("most", settings.batch()).update();
    }

    /** Forgets some clients who have not started anything for a day. */
    int forgetSlots() {
        return sql.sql(FORGET_SLOTS).param("most", settings.batch()).update();
    }

    Counts counts() {
        return sql.sql(COUNTS)
                .query((row, _) -> new Counts(row.getLong("running"), row.getLong("unpublished")))
                .single();
    }
}
