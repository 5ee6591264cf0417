-- What analysts read: views in a schema of their own, and a group role that sees them and nothing
-- else. The tables behind may change; a column of a view stays.

-- A range of days or times reads the pages of these days alone, in whichever month's partition they
-- lie: a row lies in the month of its battle's first fact, which need not be its own. BRIN costs
-- a few pages for each table, and no update that changes only other columns.
CREATE INDEX conversation_times ON report.conversation USING brin (
    created_at, ended_at, ((ended_at AT TIME ZONE 'UTC')::date)
) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX message_times ON report.message USING brin (
    produced_at, ((produced_at AT TIME ZONE 'UTC')::date)
) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX judge_decision_times ON report.judge_decision USING brin (
    issued_at, ((issued_at AT TIME ZONE 'UTC')::date)
) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX scale_member_times ON report.scale_member USING brin (
    launched_at
) WITH (pages_per_range = 16, autosummarize = on);

CREATE SCHEMA analytics;

COMMENT ON SCHEMA analytics IS
    'The archive for analysts, read only. All days are days of UTC, all money is US dollars.';

CREATE VIEW analytics.battles AS
SELECT battle_id, created_at, requested_at, started_at, ended_at, state, end_reason, failure_class,
       failure_detail, client_id, agent_id, model, run_id, message_limit, turn_count, message_count,
       verdict_count,
       agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
       opponent_calls, opponent_tokens_in, opponent_tokens_out, opponent_cost_usd,
       judge_calls, judge_tokens_in, judge_tokens_out, judge_cost_usd,
       strong_judge_calls, strong_judge_tokens_in, strong_judge_tokens_out, strong_judge_cost_usd,
       (agent_cost_usd + opponent_cost_usd + judge_cost_usd)::numeric(18, 9) AS cost_usd,
       unsettled_usd, next_call_usd
FROM report.conversation;

COMMENT ON VIEW analytics.battles IS 'Battles, one row each, also those that still run.';
COMMENT ON COLUMN analytics.battles.cost_usd IS
    'Cost of agent, opponent and judge together; null while the battle runs.';

CREATE VIEW analytics.messages AS
SELECT battle_id, seq, turn, speaker, content, model, answered_by, tokens_in, tokens_out, cost_usd,
       latency_ms, calls, produced_at, failed
FROM report.message;

COMMENT ON VIEW analytics.messages IS
    'Messages, one row each; of a battle that runs also those that may turn out not to belong to it.';

CREATE VIEW analytics.judge_decisions AS
SELECT battle_id, turn, seq, verdict, decided_by, confidence, criteria_applied, reason, model,
       tokens_in, tokens_out, cost_usd, latency_ms, issued_at, progress, stages
FROM report.judge_decision;

COMMENT ON VIEW analytics.judge_decisions IS
    'What the judge decided of each turn; judge_stages has what each stage said.';

CREATE VIEW analytics.judge_stages AS
SELECT decision.battle_id, decision.turn, said.place::integer AS place, said.stage, said.verdict,
       said.confidence, said.reason, said.model, said."answeredBy" AS answered_by,
       said."tokensIn" AS tokens_in, said."tokensOut" AS tokens_out,
       said."costUsd" AS cost_usd, said."latencyMs" AS latency_ms, said.calls,
       said."criteriaApplied" AS criteria_applied, said."promptVersion" AS prompt_version,
       said.attempt, said.progress, decision.issued_at
FROM report.judge_decision AS decision
CROSS JOIN LATERAL ROWS FROM (
    jsonb_to_recordset(
        CASE jsonb_typeof(decision.stages) WHEN 'array' THEN decision.stages ELSE '[]' END
    ) AS (
        stage text, verdict text, confidence double precision, reason text, model text,
        "answeredBy" text, "tokensIn" integer, "tokensOut" integer, "costUsd" numeric(18, 9),
        "latencyMs" bigint, calls integer, "criteriaApplied" text[], "promptVersion" text,
        attempt integer, progress double precision
    )
) WITH ORDINALITY AS said (
    stage, verdict, confidence, reason, model, "answeredBy", "tokensIn", "tokensOut", "costUsd",
    "latencyMs", calls, "criteriaApplied", "promptVersion", attempt, progress, place
);

COMMENT ON VIEW analytics.judge_stages IS
    'What each stage of the judge said, one row for each stage that was asked about a turn.';
COMMENT ON COLUMN analytics.judge_stages.place IS 'Its place among the stages of the turn, from 1.';
COMMENT ON COLUMN analytics.judge_stages.stage IS 'validator, fast or strong.';
COMMENT ON COLUMN analytics.judge_stages.verdict IS
    'What this stage said of the goal: yes, no or uncertain.';
COMMENT ON COLUMN analytics.judge_stages.confidence IS 'How sure this stage is, 0 to 1.';
COMMENT ON COLUMN analytics.judge_stages.model IS
    'Model reference that was asked; null: no model, as for validators.';
COMMENT ON COLUMN analytics.judge_stages.answered_by IS
    'The model that answered in its place, after a failover; null: it did itself.';
COMMENT ON COLUMN analytics.judge_stages.tokens_in IS 'Prompt tokens of this stage.';
COMMENT ON COLUMN analytics.judge_stages.tokens_out IS 'Answer tokens of this stage.';
COMMENT ON COLUMN analytics.judge_stages.cost_usd IS 'Cost of this stage in US dollars.';
COMMENT ON COLUMN analytics.judge_stages.latency_ms IS 'Time of this stage in milliseconds.';
COMMENT ON COLUMN analytics.judge_stages.calls IS
    'Model calls that reached the provider, failed ones included; null: not known.';
COMMENT ON COLUMN analytics.judge_stages.criteria_applied IS
    'What this stage applied, in order, for example fast:goal.';
COMMENT ON COLUMN analytics.judge_stages.prompt_version IS
    'The judge''s prompt, by name and version; null: none.';
COMMENT ON COLUMN analytics.judge_stages.attempt IS
    'Which answer of the model counts: 2 after one that made no sense.';
COMMENT ON COLUMN analytics.judge_stages.progress IS
    'How far the goal has been reached in this stage''s estimate, 0 to 1; null: unknown.';

CREATE VIEW analytics.scale_runs AS
SELECT run_id, created_at, requested_at, started_at, ended_at, state, end_reason, failure_class,
       failure_detail, client_id, agent_id, model, specification_digest, run_count, message_limit,
       concurrency, variants, seed, budget_usd, timeout_seconds, labels, launched, goals, cost_usd,
       unsettled_usd
FROM report.scale_run;

COMMENT ON VIEW analytics.scale_runs IS 'Scale runs, one row each, also those that still run.';

CREATE VIEW analytics.scale_run_members AS
SELECT run_id, member_index, battle_id, launched_at, started_at, ended_at, end_reason,
       failure_class, failure_detail, turn_count, turn_latencies_ms,
       agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
       opponent_calls, opponent_tokens_in, opponent_tokens_out, opponent_cost_usd,
       judge_calls, judge_tokens_in, judge_tokens_out, judge_cost_usd,
       strong_judge_calls, strong_judge_tokens_in, strong_judge_tokens_out, strong_judge_cost_usd,
       (agent_cost_usd + opponent_cost_usd + judge_cost_usd)::numeric(18, 9) AS cost_usd,
       unsettled_usd
FROM report.scale_member;

COMMENT ON VIEW analytics.scale_run_members IS 'The battles of scale runs, as the runs saw them.';
COMMENT ON COLUMN analytics.scale_run_members.cost_usd IS
    'Cost of agent, opponent and judge together; null while it runs.';

-- The formula and its source are those of WilsonInterval in dev.battlestream.report.scale:
-- E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
-- American Statistical Association 22 (1927); 95 %, without continuity correction.
CREATE FUNCTION analytics.wilson_low(successes bigint, trials bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN trials = 0 THEN NULL
        WHEN successes = 0 THEN 0
        ELSE (successes::double precision / trials + 3.841458820694124 / (2 * trials)
              - 1.959963984540054 * sqrt(
                  successes::double precision / trials * (trials - successes) / trials / trials
                  + 3.841458820694124 / (4.0::double precision * trials * trials)))
             / (1 + 3.841458820694124 / trials)
    END;

CREATE FUNCTION analytics.wilson_high(successes bigint, trials bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 1 - analytics.wilson_low(trials - successes, trials);

COMMENT ON FUNCTION analytics.wilson_low IS
    'Lower bound of the 95 % Wilson score interval (Wilson 1927) of successes among trials; null without trials.';
COMMENT ON FUNCTION analytics.wilson_high IS
    'Upper bound of the 95 % Wilson score interval (Wilson 1927) of successes among trials; null without trials.';

CREATE VIEW analytics.success_by_model_and_day AS
SELECT day, model, battles, goals, goals::double precision / battles AS success_rate,
       analytics.wilson_low(goals, battles) AS success_low,
       analytics.wilson_high(goals, battles) AS success_high
FROM (
    SELECT (ended_at AT TIME ZONE 'UTC')::date AS day, model, count(*) AS battles,
           count(*) FILTER (WHERE end_reason = 'goal') AS goals
    FROM report.conversation
    WHERE ended_at IS NOT NULL
    GROUP BY 1, 2
) AS counted;

COMMENT ON VIEW analytics.success_by_model_and_day IS
    'How often the goal was reached, of all battles that ended on a day, whatever ended them.';
COMMENT ON COLUMN analytics.success_by_model_and_day.day IS 'The day (UTC) on which they ended.';
COMMENT ON COLUMN analytics.success_by_model_and_day.model IS
    'The model reference that was asked for; empty: the runner''s default; null: unknown.';
COMMENT ON COLUMN analytics.success_by_model_and_day.battles IS 'Battles that ended.';
COMMENT ON COLUMN analytics.success_by_model_and_day.goals IS 'Those that reached their goal.';
COMMENT ON COLUMN analytics.success_by_model_and_day.success_rate IS 'goals / battles, 0 to 1.';
COMMENT ON COLUMN analytics.success_by_model_and_day.success_low IS
    'Lower bound of the 95 % Wilson score interval (Wilson 1927) of success_rate.';
COMMENT ON COLUMN analytics.success_by_model_and_day.success_high IS
    'Upper bound of the 95 % Wilson score interval (Wilson 1927) of success_rate.';

CREATE VIEW analytics.cost_by_role_and_day AS
SELECT (battle.ended_at AT TIME ZONE 'UTC')::date AS day, spent.role,
       sum(spent.calls)::bigint AS calls, sum(spent.tokens_in)::bigint AS tokens_in,
       sum(spent.tokens_out)::bigint AS tokens_out, sum(spent.cost_usd)::numeric(18, 9) AS cost_usd
FROM report.conversation AS battle
CROSS JOIN LATERAL (VALUES
    ('agent', battle.agent_calls, battle.agent_tokens_in, battle.agent_tokens_out,
        battle.agent_cost_usd),
    ('opponent', battle.opponent_calls, battle.opponent_tokens_in, battle.opponent_tokens_out,
        battle.opponent_cost_usd),
    ('fast judge', battle.judge_calls - coalesce(battle.strong_judge_calls, 0),
        battle.judge_tokens_in - coalesce(battle.strong_judge_tokens_in, 0),
        battle.judge_tokens_out - coalesce(battle.strong_judge_tokens_out, 0),
        battle.judge_cost_usd - coalesce(battle.strong_judge_cost_usd, 0)),
    ('strong judge', coalesce(battle.strong_judge_calls, 0),
        coalesce(battle.strong_judge_tokens_in, 0), coalesce(battle.strong_judge_tokens_out, 0),
        coalesce(battle.strong_judge_cost_usd, 0)),
    ('unsettled', 0, 0, 0, coalesce(battle.unsettled_usd, 0))
) AS spent (role, calls, tokens_in, tokens_out, cost_usd)
WHERE battle.ended_at IS NOT NULL
GROUP BY 1, 2;

COMMENT ON VIEW analytics.cost_by_role_and_day IS
    'Who has spent what, of the battles that ended on a day. A battle counts whole on the day of its end.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.day IS 'The day (UTC) on which the battles ended.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.role IS
    'agent, opponent, fast judge (also what no stage is known of), strong judge; unsettled: the most '
    'that may be on a provider''s bill beside the others.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.calls IS
    'Model calls that reached the provider, failed ones included.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.tokens_in IS 'Prompt tokens.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.tokens_out IS 'Answer tokens.';
COMMENT ON COLUMN analytics.cost_by_role_and_day.cost_usd IS 'Cost in US dollars.';

CREATE VIEW analytics.judge_agreement_by_day AS
SELECT day, decisions, both_asked, agreed,
       agreed::double precision / nullif(both_asked, 0) AS agreement,
       analytics.wilson_low(agreed, both_asked) AS agreement_low,
       analytics.wilson_high(agreed, both_asked) AS agreement_high,
       validators_asked, validators_settled, models_yes, models_no, models_uncertain
FROM (
    SELECT (decision.issued_at AT TIME ZONE 'UTC')::date AS day, count(*) AS decisions,
           count(*) FILTER (WHERE fast IS NOT NULL AND strong IS NOT NULL) AS both_asked,
           count(*) FILTER (WHERE fast = strong) AS agreed,
           count(validator) AS validators_asked,
           count(validator) FILTER (WHERE decision.decided_by = 'validator') AS validators_settled,
           count(validator) FILTER (WHERE coalesce(strong, fast) = 'yes') AS models_yes,
           count(validator) FILTER (WHERE coalesce(strong, fast) = 'no') AS models_no,
           count(validator) FILTER (WHERE coalesce(strong, fast) = 'uncertain') AS models_uncertain
    FROM report.judge_decision AS decision
    CROSS JOIN LATERAL (
        SELECT max(said.one ->> 'verdict') FILTER (WHERE said.one ->> 'stage' = 'validator')
                   AS validator,
               max(said.one ->> 'verdict') FILTER (WHERE said.one ->> 'stage' = 'fast') AS fast,
               max(said.one ->> 'verdict') FILTER (WHERE said.one ->> 'stage' = 'strong') AS strong
        FROM jsonb_path_query(decision.stages, 'lax $[*]') AS said (one)
    ) AS asked
    GROUP BY 1
) AS counted;

COMMENT ON VIEW analytics.judge_agreement_by_day IS
    'How often the fast and the strong judge said the same of a turn that both were asked about, and '
    'what models said where validators left a turn to them. A stage is asked where the one before did '
    'not settle the turn, so this says nothing of the turns that it settled.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.day IS 'The day (UTC) of the decisions.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.decisions IS 'Turns that were judged.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.both_asked IS
    'Those that the fast and the strong judge were asked about.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.agreed IS
    'Those of both_asked of which both said the same: yes, no or uncertain.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.agreement IS
    'agreed / both_asked, 0 to 1; null where both were never asked.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.agreement_low IS
    'Lower bound of the 95 % Wilson score interval (Wilson 1927) of agreement.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.agreement_high IS
    'Upper bound of the 95 % Wilson score interval (Wilson 1927) of agreement.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.validators_asked IS
    'Turns that validators were asked about.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.validators_settled IS
    'Those of validators_asked that they settled; no model was asked.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.models_yes IS
    'Those that validators left undecided and the last model that was asked said yes to.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.models_no IS
    'Those that validators left undecided and the last model that was asked said no to.';
COMMENT ON COLUMN analytics.judge_agreement_by_day.models_uncertain IS
    'Those that validators left undecided and the last model that was asked was uncertain about.';

-- The nearest-rank method, as in the reports of scale runs: always one of the values.
CREATE VIEW analytics.turn_latency_by_model_and_day AS
SELECT day, speaker, model, turns, p[1] AS p50_ms, p[2] AS p90_ms, p[3] AS p95_ms, p[4] AS p99_ms,
       max_ms
FROM (
    SELECT (produced_at AT TIME ZONE 'UTC')::date AS day, speaker, model, count(*) AS turns,
           percentile_disc(ARRAY[0.50, 0.90, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_ms) AS p,
           max(latency_ms) AS max_ms
    FROM report.message
    WHERE NOT failed
    GROUP BY 1, 2, 3
) AS measured;

COMMENT ON VIEW analytics.turn_latency_by_model_and_day IS
    'How long messages took, retries included, without those that failed. Exact percentiles by nearest '
    'rank; percentiles of days cannot be averaged to those of a week: take messages for that.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.day IS
    'The day (UTC) on which they were complete.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.speaker IS
    'Who played them: agent, opponent or unknown.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.model IS
    'Model reference that was asked, provider:model.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.turns IS 'Messages that were measured.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.p50_ms IS 'The median in milliseconds.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.p90_ms IS
    '90 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.p95_ms IS
    '95 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.p99_ms IS
    '99 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.turn_latency_by_model_and_day.max_ms IS 'The longest in milliseconds.';

CREATE VIEW analytics.judging_latency_by_model_and_day AS
SELECT day, decided_by, model, decisions, p[1] AS p50_ms, p[2] AS p90_ms, p[3] AS p95_ms,
       p[4] AS p99_ms, max_ms
FROM (
    SELECT (issued_at AT TIME ZONE 'UTC')::date AS day, decided_by, model, count(*) AS decisions,
           percentile_disc(ARRAY[0.50, 0.90, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_ms) AS p,
           max(latency_ms) AS max_ms
    FROM report.judge_decision
    GROUP BY 1, 2, 3
) AS measured;

COMMENT ON VIEW analytics.judging_latency_by_model_and_day IS
    'How long the judge took for a turn, all stages together, by the stage and model that decided. '
    'Exact percentiles by nearest rank.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.day IS
    'The day (UTC) of the decisions.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.decided_by IS
    'The stage that decided: validator, fast, strong or unknown.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.model IS
    'Model reference of the deciding stage; null: no model decided.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.decisions IS
    'Decisions that were measured.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.p50_ms IS
    'The median in milliseconds.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.p90_ms IS
    '90 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.p95_ms IS
    '95 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.p99_ms IS
    '99 % took no longer, in milliseconds.';
COMMENT ON COLUMN analytics.judging_latency_by_model_and_day.max_ms IS
    'The longest in milliseconds.';

CREATE VIEW analytics.ends_by_day AS
SELECT (ended_at AT TIME ZONE 'UTC')::date AS day, end_reason, failure_class, count(*) AS battles
FROM report.conversation
WHERE ended_at IS NOT NULL
GROUP BY 1, 2, 3;

COMMENT ON VIEW analytics.ends_by_day IS 'Why battles ended, and whose fault failures were.';
COMMENT ON COLUMN analytics.ends_by_day.day IS 'The day (UTC) on which they ended.';
COMMENT ON COLUMN analytics.ends_by_day.end_reason IS
    'goal, limit, plateau, budget, error, manual, timeout or unknown.';
COMMENT ON COLUMN analytics.ends_by_day.failure_class IS
    'Whose fault it was: request, provider, judge, platform or unknown; null: nothing failed.';
COMMENT ON COLUMN analytics.ends_by_day.battles IS 'Battles that ended so.';

-- What a column means is said once, at the table; the views that show it as it is repeat the words.
DO $$
DECLARE
    shown record;
BEGIN
    FOR shown IN
        SELECT view_column.attrelid::regclass AS name, view_column.attname AS attribute,
               col_description(source.attrelid, source.attnum) AS words
        FROM (VALUES
            ('analytics.battles'::regclass, 'report.conversation'::regclass),
            ('analytics.messages', 'report.message'),
            ('analytics.judge_decisions', 'report.judge_decision'),
            ('analytics.judge_stages', 'report.judge_decision'),
            ('analytics.scale_runs', 'report.scale_run'),
            ('analytics.scale_run_members', 'report.scale_member')
        ) AS pair (view, base)
        JOIN pg_attribute AS view_column ON view_column.attrelid = pair.view
        JOIN pg_attribute AS source
            ON source.attrelid = pair.base AND source.attname = view_column.attname
        WHERE view_column.attnum > 0
          AND col_description(view_column.attrelid, view_column.attnum) IS NULL
    LOOP
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', shown.name, shown.attribute, shown.words);
    END LOOP;
END $$;

-- A role belongs to the whole server, which other databases may share, and another database may be
-- migrated at this moment: then one creates it, and the other waits and finds it. A login does not
-- inherit the settings of a group; they stand here to be read, and docs/guides/sql.md gives them to
-- each login.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'battlestream_analyst') THEN
        BEGIN
            CREATE ROLE battlestream_analyst NOLOGIN;
            ALTER ROLE battlestream_analyst SET default_transaction_read_only = on;
            ALTER ROLE battlestream_analyst SET statement_timeout = '60s';
            ALTER ROLE battlestream_analyst SET idle_in_transaction_session_timeout = '60s';
            ALTER ROLE battlestream_analyst SET idle_session_timeout = '1h';
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'The role battlestream_analyst cannot be created by %; once an '
                    'administrator has, SELECT report.admit_analysts() lets it read.', current_user;
        END;
    END IF;
END $$;

CREATE FUNCTION report.admit_analysts() RETURNS boolean
    LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'battlestream_analyst') THEN
        RETURN false;
    END IF;
    GRANT USAGE ON SCHEMA analytics TO battlestream_analyst;
    GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO battlestream_analyst;
    RETURN true;
END $$;

COMMENT ON FUNCTION report.admit_analysts IS
    'Lets the role battlestream_analyst read the views; false: there is no such role yet.';

SELECT report.admit_analysts();
