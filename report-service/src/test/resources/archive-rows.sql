-- An archive as a month and a half of use would have left it: 600 battles up to now, two of each
-- 100 still running, two scale runs of 40 members, messages and decisions of each battle. Every row
-- follows from its number, so that two databases have the same ones but for the time of filling.
CREATE TEMPORARY TABLE battle_number AS
SELECT n, md5('battle ' || n)::uuid AS id,
       date_trunc('second', now()) - (601 - n) * interval '2 hours' + interval '123456 us' AS at,
       CASE WHEN n % 50 = 0 THEN NULL
            WHEN n % 23 = 0 THEN 'error'
            WHEN n % 41 = 0 THEN 'timeout'
            WHEN n % 3 = 0 THEN 'limit'
            WHEN n % 17 = 0 THEN 'plateau'
            ELSE 'goal' END AS ended,
       (ARRAY['openai:small', 'openai:large', 'anthropic:middle'])[1 + n % 3] AS model,
       CASE WHEN n BETWEEN 401 AND 440 THEN md5('run 1')::uuid
            WHEN n BETWEEN 501 AND 540 THEN md5('run 2')::uuid END AS run,
       CASE WHEN n <= 440 THEN n - 400 ELSE n - 500 END AS member,
       2 + n % 5 AS turns
FROM generate_series(1, 600) AS n;

SELECT report.add_month(month::date)
FROM (SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM battle_number) AS months;

INSERT INTO report.conversation (
    month, battle_id, created_at, requested_at, client_id, agent_id, model, run_id, message_limit,
    state, started_at, ended_at, end_reason, failure_class, failure_detail, turn_count,
    message_count, verdict_count, agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
    opponent_calls, opponent_tokens_in, opponent_tokens_out, opponent_cost_usd, judge_calls,
    judge_tokens_in, judge_tokens_out, judge_cost_usd, strong_judge_calls, strong_judge_tokens_in,
    strong_judge_tokens_out, strong_judge_cost_usd, unsettled_usd)
SELECT date_trunc('month', at AT TIME ZONE 'UTC'), id, at, at, 'team-' || n % 2,
       (ARRAY['support-bot', 'shop-bot', 'say "hi", bot', 'größe'])[1 + n % 4], model, run::text, 20,
       CASE WHEN ended IS NULL THEN 'running'
            WHEN ended = 'error' THEN 'failed'
            WHEN ended = 'timeout' THEN 'timeout'
            ELSE 'completed' END,
       CASE WHEN ended IS NOT NULL THEN at + interval '20 ms' END,
       CASE WHEN ended IS NOT NULL THEN at + turns * interval '3 s' END,
       ended,
       CASE WHEN ended = 'error' THEN CASE WHEN n % 2 = 0 THEN 'provider' ELSE 'judge' END END,
       CASE WHEN ended = 'error' THEN E'The model did not answer:\n503, "try later"' END,
       CASE WHEN ended IS NOT NULL THEN turns END,
       CASE WHEN ended IS NOT NULL THEN 2 * turns - 1 END,
       CASE WHEN ended IS NOT NULL THEN turns END,
       turns, turns * 400, turns * 60, 0.000123456 * turns * (1 + n % 3),
       turns - 1, turns * 300, turns * 40, 0.0001 * turns,
       turns + 1, turns * 500, turns * 20, 0.00005 * turns + 0.001,
       1, 500, 20, 0.001,
       CASE WHEN n % 23 = 0 THEN 0.02 END
FROM battle_number;

UPDATE report.conversation
SET agent_calls = NULL, agent_tokens_in = NULL, agent_tokens_out = NULL, agent_cost_usd = NULL,
    opponent_calls = NULL, opponent_tokens_in = NULL, opponent_tokens_out = NULL,
    opponent_cost_usd = NULL, judge_calls = NULL, judge_tokens_in = NULL, judge_tokens_out = NULL,
    judge_cost_usd = NULL, strong_judge_calls = NULL, strong_judge_tokens_in = NULL,
    strong_judge_tokens_out = NULL, strong_judge_cost_usd = NULL, unsettled_usd = NULL
WHERE ended_at IS NULL;

INSERT INTO report.message (
    month, battle_id, seq, turn, speaker, content, model, answered_by, tokens_in, tokens_out,
    cost_usd, latency_ms, calls, produced_at, failed)
SELECT date_trunc('month', at AT TIME ZONE 'UTC'), id, seq, (seq + 1) / 2,
       CASE seq % 2 WHEN 1 THEN 'agent' ELSE 'opponent' END,
       CASE WHEN ended = 'error' AND seq = 2 * turns - 1 THEN ''
            ELSE (ARRAY[
                'Your parcel is on its way.',
                E'Line one,\nline "two"; \t\\ and \u0001 a semicolon',
                'Größe 42 – 数 😀',
                '=SUM(A1:A9)'])[1 + (n + seq) % 4] || repeat(' More.', n % 40) END,
       CASE seq % 2 WHEN 1 THEN model ELSE 'openai:small' END,
       CASE WHEN n % 37 = 0 THEN 'anthropic:middle' END,
       400, 60, CASE seq % 2 WHEN 1 THEN 0.000123456 * (1 + n % 3) ELSE 0.0001 END,
       200 + (n * 7919 + seq * 104729) % 2500, 1 + (n % 37 = 0)::integer,
       at + seq * interval '1.5 s',
       coalesce(ended = 'error' AND seq = 2 * turns - 1, false)
FROM battle_number, generate_series(1, 2 * turns - 1) AS seq;

INSERT INTO report.judge_decision (
    month, battle_id, turn, seq, verdict, decided_by, confidence, criteria_applied, reason, model,
    tokens_in, tokens_out, cost_usd, latency_ms, issued_at, progress, stages)
SELECT date_trunc('month', at AT TIME ZONE 'UTC'), id, turn, 2 * turn - 1, said.verdict, said.by,
       said.confidence, ARRAY['validator:regex', 'fast:goal'], 'As the goal says.',
       CASE said.by WHEN 'validator' THEN NULL ELSE 'openai:judge' END,
       500, 20, 0.00005, 300 + (n * 613 + turn * 7) % 900, at + turn * interval '3 s' - interval '1 s',
       turn::double precision / turns, said.stages
FROM battle_number, generate_series(1, turns) AS turn
CROSS JOIN LATERAL (
    SELECT 'no', 'validator', 1.0,
           jsonb_build_array(jsonb_build_object(
               'stage', 'validator', 'verdict', 'no', 'confidence', 1, 'reason', 'No match.',
               'tokensIn', 0, 'tokensOut', 0, 'costUsd', '0', 'latencyMs', 1, 'calls', 0,
               'criteriaApplied', jsonb_build_array('validator:regex'), 'attempt', 1))
    WHERE turn < turns AND n % 4 = 0
    UNION ALL
    SELECT 'no', 'fast', 0.8,
           jsonb_build_array(
               jsonb_build_object(
                   'stage', 'validator', 'verdict', 'uncertain', 'confidence', 0,
                   'reason', 'No validator settled the matter.', 'tokensIn', 0, 'tokensOut', 0,
                   'costUsd', '0', 'latencyMs', 1, 'calls', 0,
                   'criteriaApplied', jsonb_build_array('validator:regex'), 'attempt', 1),
               jsonb_build_object(
                   'stage', 'fast', 'verdict', 'no', 'confidence', 0.8, 'reason', 'Not yet.',
                   'model', 'openai:judge', 'tokensIn', 500, 'tokensOut', 20, 'costUsd', '0.00005',
                   'latencyMs', 350, 'calls', 1, 'criteriaApplied', jsonb_build_array('fast:goal'),
                   'promptVersion', 'fast/1', 'attempt', 1, 'progress', 0.4))
    WHERE turn < turns AND n % 4 <> 0
    UNION ALL
    SELECT CASE ended WHEN 'goal' THEN 'yes' ELSE 'no' END, 'strong', 0.9,
           jsonb_build_array(
               jsonb_build_object(
                   'stage', 'fast', 'verdict', 'yes', 'confidence', 0.8, 'reason', 'It says so.',
                   'model', 'openai:judge', 'tokensIn', 500, 'tokensOut', 20, 'costUsd', '0.00005',
                   'latencyMs', 350, 'calls', 1, 'criteriaApplied', jsonb_build_array('fast:goal'),
                   'promptVersion', 'fast/1', 'attempt', 1, 'progress', 1),
               jsonb_build_object(
                   'stage', 'strong', 'verdict', CASE ended WHEN 'goal' THEN 'yes' ELSE 'no' END,
                   'confidence', 0.9, 'reason', 'Read twice.', 'model', 'openai:large',
                   'answeredBy', 'anthropic:middle', 'tokensIn', 500, 'tokensOut', 20,
                   'costUsd', '0.001', 'latencyMs', 900, 'calls', 2,
                   'criteriaApplied', jsonb_build_array('strong:goal'),
                   'promptVersion', 'strong/1+repair/1', 'attempt', 2, 'progress', 0.9))
    WHERE turn = turns
) AS said (verdict, by, confidence, stages);

INSERT INTO report.scale_run (
    month, run_id, created_at, requested_at, client_id, agent_id, model, specification_digest,
    run_count, state, started_at, ended_at, end_reason, launched, goals, cost_usd, message_limit,
    concurrency, variants, seed, budget_usd, timeout_seconds, labels)
SELECT date_trunc('month', min(at) AT TIME ZONE 'UTC'), run, min(at), min(at), 'team-0',
       'support-bot', 'openai:small', encode(sha256(run::text::bytea), 'hex'), 40, 'completed',
       min(at), max(at) + interval '1 minute', 'completed', count(*),
       count(*) FILTER (WHERE ended = 'goal'), 0.25, 20, 5,
       '[{"name": "a", "model": "openai:small"}, {"name": "b", "model": "openai:large"}]', 42, 1.5,
       3600, '{"commit": "abc", "branch": "main"}'
FROM battle_number WHERE run IS NOT NULL GROUP BY run;

INSERT INTO report.scale_member (
    month, run_id, member_index, battle_id, launched_at, started_at, ended_at, end_reason,
    turn_count, turn_latencies_ms, agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
    opponent_calls, opponent_tokens_in, opponent_tokens_out, opponent_cost_usd, judge_calls,
    judge_tokens_in, judge_tokens_out, judge_cost_usd, place)
SELECT run.month, run.run_id, member, id, at,
       CASE WHEN ended IS NOT NULL THEN at + interval '20 ms' END,
       CASE WHEN ended IS NOT NULL THEN at + turns * interval '3 s' END, ended,
       CASE WHEN ended IS NOT NULL THEN turns END,
       CASE WHEN ended IS NOT NULL
            THEN ARRAY(SELECT 200 + (n * 7919 + turn * 104729) % 2500
                       FROM generate_series(1, turns) AS turn) END,
       turns, turns * 400, turns * 60, 0.000123456 * turns, turns - 1, turns * 300, turns * 40,
       0.0001 * turns, turns, turns * 500, turns * 20, 0.00005 * turns, member
FROM battle_number JOIN report.scale_run AS run ON run.run_id = battle_number.run;

DROP TABLE battle_number;
ANALYZE;
