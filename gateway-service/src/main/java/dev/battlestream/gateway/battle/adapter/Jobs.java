package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The battles and runs that were accepted, in PostgreSQL. Each change is one statement, so it
 * happens whole or not at all, whatever dies.
 *
 * <p>Order of locks, the same everywhere: a client's slot first, then its jobs; several slots in
 * the order of their clients. Nothing waits for a slot while it holds a job.
 */
final class Jobs {

    private static final String ADMIT =
            """
            WITH slot AS (
                INSERT INTO gateway.client_slots AS s (client, running, reserved_usd)
                SELECT :client, 1, CAST(:budget AS numeric)
                    WHERE CAST(:budget AS numeric) <= CAST(:daily AS numeric)
                       OR CAST(:daily AS numeric) IS NULL
                ON CONFLICT (client) DO UPDATE
                    SET running = s.running + 1, reserved_usd = s.reserved_usd + excluded.reserved_usd,
                        changed_at = now()
                    WHERE s.running < :most
                      AND (CAST(:daily AS numeric) IS NULL
                           OR s.reserved_usd + excluded.reserved_usd
                              + CASE WHEN s.spent_on = excluded.spent_on THEN s.spent_usd ELSE 0 END
                              <= CAST(:daily AS numeric))
                RETURNING s.client)
            INSERT INTO gateway.jobs (battle_id, client, idempotency_key, fingerprint, request,
                                      request_id, traceparent, timeout_seconds, reserved_usd,
                                      kind, battles, publish_after)
            SELECT :id, slot.client, CAST(:key AS text), :fingerprint, :request,
                   :requestId, CAST(:traceparent AS text), :timeout, CAST(:budget AS numeric),
                   :kind, :battles, now() + make_interval(secs => :publishAfter)
            FROM slot\
            """;

    private static final String KNOWN =
            """
            SELECT kind, battle_id, battles, fingerprint, created_at, ended_at, ended_reason
            FROM gateway.jobs
            WHERE battle_id = :id
               OR (idempotency_key = CAST(:key AS text) AND client = CAST(:client AS text))
            LIMIT 1\
            """;

    private static final String AT_LIMIT =
            """
            SELECT count(*) FROM gateway.client_slots WHERE client = :client AND running >= :most\
            """;

    private static final String PUBLISHED =
            """
            UPDATE gateway.jobs
            SET published_at = now(), publish_after = NULL, request = NULL,
                check_after = now() + make_interval(secs => timeout_seconds + :margin)
            WHERE battle_id = :id AND published_at IS NULL AND ended_at IS NULL\
            """;

    private static final String TAKE_UNPUBLISHED =
            """
            UPDATE gateway.jobs SET publish_after = now() + make_interval(secs => :lease)
            WHERE battle_id IN (
                SELECT battle_id FROM gateway.jobs WHERE publish_after <= now()
                ORDER BY publish_after LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING kind, battle_id, request, request_id, traceparent\
            """;

    private static final String END =
            """
            WITH outcome AS (
                SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:reasons AS text[]),
                                     CAST(:usd AS numeric[]))
                    AS o (battle_id, reason, usd)),
            slot AS (
                SELECT client FROM gateway.client_slots
                WHERE client IN (SELECT j.client FROM gateway.jobs j JOIN outcome USING (battle_id)
                                 WHERE j.kind = :kind AND j.ended_at IS NULL)
                ORDER BY client FOR UPDATE),
            ended AS (
                UPDATE gateway.jobs j
                SET ended_at = now(), ended_reason = outcome.reason, request = NULL,
                    publish_after = NULL, check_after = NULL
                FROM outcome, slot
                WHERE j.battle_id = outcome.battle_id AND j.kind = :kind
                  AND j.client = slot.client AND j.ended_at IS NULL
                RETURNING j.client, j.reserved_usd, coalesce(outcome.usd, j.reserved_usd) AS usd),
            freed AS (
                UPDATE gateway.client_slots s
                SET running = greatest(0, s.running - e.jobs),
                    reserved_usd = greatest(0, s.reserved_usd - e.reserved_usd),
                    spent_usd = e.usd + CASE WHEN s.spent_on = e.today THEN s.spent_usd ELSE 0 END,
                    spent_on = e.today, changed_at = now()
                FROM (SELECT client, count(*)::integer AS jobs, sum(reserved_usd) AS reserved_usd,
                             sum(usd) AS usd, (now() AT TIME ZONE 'UTC')::date AS today
                      FROM ended GROUP BY client) e
                WHERE s.client = e.client)
            SELECT count(*) FROM ended\
            """;

    private final JdbcClient sql;
    private final JobSettings settings;

    Jobs(JdbcClient sql, JobSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /**
     * Decides on a request: takes a slot of its client and keeps the request, both or neither.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not do its part
     */
    Admission admit(NewJob job) {
        if (inserted(job)) {
            return new Admission.Admitted(job.id());
        }
        // Somebody came first with the key or the id, or the client is at its limit, and then a
        // repetition is answered all the same.
        return known(job.id(), job.key().orElse(null), job.client())
                .map(known -> known.answers(job.fingerprint()))
                .orElseGet(() ->
                        hasNoSlot(job.client())
                                ? new Admission.TooMany()
                                : new Admission.BudgetSpent());
    }

    private boolean hasNoSlot(String client) {
        return settings.dailyBudget() == null
                || sql.sql(AT_LIMIT)
                                .param("client", client)
                                .param("most", settings.runningPerClient())
                                .query(Integer.class)
                                .single()
                        > 0;
    }

    private boolean inserted(NewJob job) {
        try {
            return sql.sql(ADMIT)
                            .param("client", job.client())
                            .param("most", settings.runningPerClient())
                            .param("kind", name(job.kind()))
                            .param("id", job.id())
                            .param("battles", job.battles())
                            .param("key", job.key().orElse(null))
                            .param("fingerprint", job.fingerprint())
                            .param("request", job.request())
                            .param("requestId", job.correlation().requestId())
                            .param("traceparent", job.correlation().traceparent())
                            .param("timeout", job.timeoutSeconds())
                            .param("budget", job.budgetUsd())
                            .param("daily", settings.dailyBudget())
                            .param("publishAfter", seconds(settings.publishAfter()))
                            .update()
                    == 1;
        } catch (DuplicateKeyException repeated) {
            // The slot went back with the statement.
            return false;
        }
    }

    /** The job of a kind and id, if it was accepted here and is not forgotten. */
    Optional<Job> find(JobKind kind, UUID id) {
        return known(id, null, null).filter(job -> job.kind() == kind);
    }

    private Optional<Job> known(UUID id, @Nullable String key, @Nullable String client) {
        return sql.sql(KNOWN)
                .param("id", id)
                .param("key", key)
                .param("client", client)
                .query(Jobs::job)
                .optional();
    }

    /** The log has the request. */
    void published(UUID id) {
        sql.sql(PUBLISHED)
                .param("id", id)
                .param("margin", seconds(settings.overdueMargin()))
                .update();
    }

    /**
     * Takes some requests that wait for longer than they should; nobody else gets them for the time
     * of the lease.
     */
    List<UnpublishedJob> takeUnpublished(int most) {
        return sql.sql(TAKE_UNPUBLISHED)
                .param("lease", seconds(settings.relayLease()))
                .param("most", most)
                .query(Jobs::unpublished)
                .list();
    }

    /**
     * Sets the end of jobs of a kind, frees their slots and settles what was reserved for them;
     * whatever is unknown, of another kind or has ended is left.
     *
     * @return how many ended by this
     */
    int end(JobKind kind, Map<UUID, JobEnd> ends) {
        List<Map.Entry<UUID, JobEnd>> all = List.copyOf(ends.entrySet());
        return sql.sql(END)
                .param("kind", name(kind))
                .param("ids", texts(all, end -> end.getKey().toString()))
                .param("reasons", texts(all, end -> end.getValue().reason()))
                .param(
                        "usd",
                        texts(
                                all,
                                end ->
                                        end.getValue()
                                                .usd()
                                                .map(BigDecimal::toPlainString)
                                                .orElse(null)))
                .query(Integer.class)
                .single();
    }

    private static @Nullable String[] texts(
            List<Map.Entry<UUID, JobEnd>> ends,
            Function<Map.Entry<UUID, JobEnd>, @Nullable String> text) {
        @Nullable String[] texts = new String[ends.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.apply(ends.get(i));
        }
        return texts;
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new Job(
                kind(row),
                row.getObject("battle_id", UUID.class),
                row.getInt("battles"),
                row.getString("fingerprint"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                endedAt == null
                        ? Optional.empty()
                        : Optional.of(
                                new Job.End(row.getString("ended_reason"), endedAt.toInstant())));
    }

    private static UnpublishedJob unpublished(ResultSet row, int number) throws SQLException {
        return new UnpublishedJob(
                kind(row),
                row.getObject("battle_id", UUID.class),
                row.getBytes("request"),
                new Correlation(row.getString("request_id"), row.getString("traceparent")));
    }

    /** As the table has it. */
    private static String name(JobKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static JobKind kind(ResultSet row) throws SQLException {
        return JobKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
