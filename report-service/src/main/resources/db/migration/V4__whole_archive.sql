-- The whole archive: messages, decisions of the judge and members of runs beside battles and runs.
-- All rows of a battle or run lie in the partitions of one month, so that old months are dropped as
-- tables. Which month it is, placement says; a unique key over all months could not hold the rows'
-- own ids otherwise.

CREATE TABLE report.placement (
    id    uuid PRIMARY KEY,
    month date NOT NULL CHECK (extract(day FROM month) = 1)
);

COMMENT ON TABLE report.placement IS
    'In which month''s partitions the rows of a battle or scale run lie.';
COMMENT ON COLUMN report.placement.id IS 'The battle or scale run.';
COMMENT ON COLUMN report.placement.month IS
    'First day of the month (UTC) of the first fact that was archived of it.';

CREATE INDEX placement_by_month ON report.placement (month);

ALTER TABLE report.conversation RENAME TO conversation_before;
ALTER TABLE report.scale_run RENAME TO scale_run_before;
ALTER INDEX report.conversation_newest RENAME TO conversation_before_newest;
ALTER INDEX report.conversation_by_state RENAME TO conversation_before_by_state;
ALTER INDEX report.conversation_by_agent RENAME TO conversation_before_by_agent;
ALTER INDEX report.conversation_by_run RENAME TO conversation_before_by_run;
ALTER INDEX report.scale_run_newest RENAME TO scale_run_before_newest;
ALTER INDEX report.scale_run_by_state RENAME TO scale_run_before_by_state;

CREATE TABLE report.conversation (
    LIKE report.conversation_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    month         date NOT NULL,
    message_limit integer,
    PRIMARY KEY (month, battle_id)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.conversation IS
    'Battles, one row each, from battle.requests and battle.outcomes. The first record of each wins.';
COMMENT ON COLUMN report.conversation.battle_id IS 'The battle; also jobId and conversationId.';
COMMENT ON COLUMN report.conversation.created_at IS
    'What lists are ordered by: requested_at, or started_at while no request has been read.';
COMMENT ON COLUMN report.conversation.requested_at IS
    'When it was asked for, by the requester''s clock; null while no request has been read.';
COMMENT ON COLUMN report.conversation.client_id IS 'Who asked for it; null: unknown.';
COMMENT ON COLUMN report.conversation.agent_id IS
    'The agent that plays, the first 200 characters; null while no request has been read.';
COMMENT ON COLUMN report.conversation.model IS
    'The model reference that was asked for; empty: the runner''s default.';
COMMENT ON COLUMN report.conversation.run_id IS 'The scale run that it belongs to; null: none.';
COMMENT ON COLUMN report.conversation.state IS
    'running while no outcome has been read, also for a battle that waits for a runner.';
COMMENT ON COLUMN report.conversation.started_at IS
    'When the runner accepted it; null while no outcome has been read, as all that follows.';
COMMENT ON COLUMN report.conversation.ended_at IS 'When it ended, by the runner''s clock.';
COMMENT ON COLUMN report.conversation.end_reason IS
    'goal, limit, plateau, budget, error, manual, timeout or unknown.';
COMMENT ON COLUMN report.conversation.failure_class IS
    'Whose fault it was: request, provider, judge, platform or unknown; null: nothing failed.';
COMMENT ON COLUMN report.conversation.failure_detail IS
    'A sentence about the failure, without secrets and prompts; the first 1,000 characters.';
COMMENT ON COLUMN report.conversation.turn_count IS 'Turns that the agent has played.';
COMMENT ON COLUMN report.conversation.message_count IS 'Messages that belong to the battle.';
COMMENT ON COLUMN report.conversation.verdict_count IS 'Verdicts that belong to the battle.';
COMMENT ON COLUMN report.conversation.agent_calls IS
    'Model calls for the agent that reached the provider, failed ones included.';
COMMENT ON COLUMN report.conversation.agent_tokens_in IS 'Prompt tokens of the agent.';
COMMENT ON COLUMN report.conversation.agent_tokens_out IS 'Answer tokens of the agent.';
COMMENT ON COLUMN report.conversation.agent_cost_usd IS 'Cost of the agent in US dollars.';
COMMENT ON COLUMN report.conversation.opponent_calls IS
    'Model calls for the opponent that reached the provider, failed ones included.';
COMMENT ON COLUMN report.conversation.opponent_tokens_in IS 'Prompt tokens of the opponent.';
COMMENT ON COLUMN report.conversation.opponent_tokens_out IS 'Answer tokens of the opponent.';
COMMENT ON COLUMN report.conversation.opponent_cost_usd IS 'Cost of the opponent in US dollars.';
COMMENT ON COLUMN report.conversation.judge_calls IS
    'Model calls for the judge that reached the provider, failed ones included.';
COMMENT ON COLUMN report.conversation.judge_tokens_in IS 'Prompt tokens of the judge.';
COMMENT ON COLUMN report.conversation.judge_tokens_out IS 'Answer tokens of the judge.';
COMMENT ON COLUMN report.conversation.judge_cost_usd IS 'Cost of the judge in US dollars.';
COMMENT ON COLUMN report.conversation.strong_judge_calls IS
    'The part of judge_calls that went to the strong judge, the rest to the fast one; null: not known.';
COMMENT ON COLUMN report.conversation.strong_judge_tokens_in IS
    'The part of judge_tokens_in that the strong judge has used; null: not known.';
COMMENT ON COLUMN report.conversation.strong_judge_tokens_out IS
    'The part of judge_tokens_out that the strong judge has used; null: not known.';
COMMENT ON COLUMN report.conversation.strong_judge_cost_usd IS
    'The part of judge_cost_usd that the strong judge has cost, in US dollars; null: not known.';
COMMENT ON COLUMN report.conversation.next_call_usd IS
    'Worst case of the call that did not fit into the budget, in US dollars; null without one.';
COMMENT ON COLUMN report.conversation.unsettled_usd IS
    'The most that may be on a provider''s bill beside the costs, in US dollars; null for nothing.';
COMMENT ON COLUMN report.conversation.month IS
    'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.conversation.message_limit IS
    'At most this many messages of the agent, as it was asked; null while no request has been read.';

-- Lists are read newest first, a page behind the last row of the page before.
CREATE INDEX conversation_newest ON report.conversation (created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_state
    ON report.conversation (state, created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_agent
    ON report.conversation (agent_id, created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_run
    ON report.conversation (run_id, created_at DESC, battle_id DESC) WHERE run_id IS NOT NULL;

CREATE TABLE report.message (
    month       date NOT NULL,
    battle_id   uuid NOT NULL,
    seq         integer NOT NULL CHECK (seq >= 1),
    turn        integer NOT NULL,
    speaker     text NOT NULL CHECK (speaker IN ('agent', 'opponent', 'unknown')),
    content     text NOT NULL,
    model       text NOT NULL,
    answered_by text,
    tokens_in   integer NOT NULL,
    tokens_out  integer NOT NULL,
    cost_usd    numeric(18, 9) NOT NULL,
    latency_ms  bigint NOT NULL,
    calls       integer NOT NULL,
    produced_at timestamptz NOT NULL,
    failed      boolean NOT NULL,
    PRIMARY KEY (month, battle_id, seq)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.message IS
    'Messages that were played, from battle.turns. The first record of each place wins; when a battle '
    'has ended only those that belong to it are left.';
COMMENT ON COLUMN report.message.month IS 'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.message.battle_id IS 'The battle.';
COMMENT ON COLUMN report.message.seq IS 'Place among all messages of the battle, from 1.';
COMMENT ON COLUMN report.message.turn IS
    'The agent''s turn that it belongs to, from 1; an opponent''s message answers this turn.';
COMMENT ON COLUMN report.message.speaker IS 'Who played it: agent, opponent or unknown.';
COMMENT ON COLUMN report.message.content IS 'What was said; empty when the turn failed.';
COMMENT ON COLUMN report.message.model IS 'Model reference that was asked, provider:model.';
COMMENT ON COLUMN report.message.answered_by IS
    'The model that answered in its place, after a failover; null: it did itself.';
COMMENT ON COLUMN report.message.tokens_in IS 'Tokens of the prompt, as the provider counted them.';
COMMENT ON COLUMN report.message.tokens_out IS
    'Tokens of the message, as the provider counted them.';
COMMENT ON COLUMN report.message.cost_usd IS
    'Cost in US dollars by the price list; 0 without a price.';
COMMENT ON COLUMN report.message.latency_ms IS
    'From the first call to the end of the message, retries included, in milliseconds.';
COMMENT ON COLUMN report.message.calls IS
    'Model calls that reached the provider, failed ones included.';
COMMENT ON COLUMN report.message.produced_at IS 'When it was complete, by the runner''s clock.';
COMMENT ON COLUMN report.message.failed IS
    'Whether the turn failed: it then only holds its place until the battle ends.';

CREATE TABLE report.judge_decision (
    month            date NOT NULL,
    battle_id        uuid NOT NULL,
    turn             integer NOT NULL CHECK (turn >= 1),
    seq              integer NOT NULL,
    verdict          text NOT NULL CHECK (verdict IN ('yes', 'no', 'uncertain')),
    decided_by       text NOT NULL
        CHECK (decided_by IN ('validator', 'fast', 'strong', 'unknown')),
    confidence       double precision NOT NULL,
    criteria_applied text[] NOT NULL,
    reason           text NOT NULL,
    model            text,
    tokens_in        integer NOT NULL,
    tokens_out       integer NOT NULL,
    cost_usd         numeric(18, 9) NOT NULL,
    latency_ms       bigint NOT NULL,
    issued_at        timestamptz NOT NULL,
    progress         double precision,
    stages           jsonb NOT NULL,
    PRIMARY KEY (month, battle_id, turn)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.judge_decision IS
    'What the judge decided of each turn, from battle.verdicts. The first record of each turn wins; when '
    'a battle has ended only those that belong to it are left.';
COMMENT ON COLUMN report.judge_decision.month IS
    'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.judge_decision.battle_id IS 'The battle.';
COMMENT ON COLUMN report.judge_decision.turn IS 'The turn that was judged, from 1.';
COMMENT ON COLUMN report.judge_decision.seq IS 'The message that was judged.';
COMMENT ON COLUMN report.judge_decision.verdict IS
    'Whether the goal has been reached: yes, no or uncertain.';
COMMENT ON COLUMN report.judge_decision.decided_by IS
    'The stage that decided: validator, fast, strong or unknown.';
COMMENT ON COLUMN report.judge_decision.confidence IS 'How sure the deciding stage is, 0 to 1.';
COMMENT ON COLUMN report.judge_decision.criteria_applied IS
    'What was applied by all stages, in order, for example validator:regex, fast:goal.';
COMMENT ON COLUMN report.judge_decision.reason IS 'Why, in a sentence.';
COMMENT ON COLUMN report.judge_decision.model IS
    'Model reference of the deciding stage; null: no model decided.';
COMMENT ON COLUMN report.judge_decision.tokens_in IS 'Prompt tokens of all stages.';
COMMENT ON COLUMN report.judge_decision.tokens_out IS 'Answer tokens of all stages.';
COMMENT ON COLUMN report.judge_decision.cost_usd IS 'Cost of all stages in US dollars.';
COMMENT ON COLUMN report.judge_decision.latency_ms IS 'Time of all stages in milliseconds.';
COMMENT ON COLUMN report.judge_decision.issued_at IS
    'When the decision fell, by the judge''s clock.';
COMMENT ON COLUMN report.judge_decision.progress IS
    'How far the goal has been reached in the judge''s estimate, 0 to 1; null: unknown.';
COMMENT ON COLUMN report.judge_decision.stages IS
    'What each stage said, in order: an array of objects with stage, verdict, confidence, reason, model, '
    'tokensIn, tokensOut, costUsd, latencyMs, calls, criteriaApplied, promptVersion, attempt, progress '
    'and answeredBy.';

CREATE TABLE report.scale_run (
    LIKE report.scale_run_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    month           date NOT NULL,
    message_limit   integer,
    concurrency     integer,
    variants        jsonb,
    seed            bigint,
    budget_usd      numeric(18, 9),
    timeout_seconds bigint,
    labels          jsonb,
    PRIMARY KEY (month, run_id)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.scale_run IS
    'Scale runs, one row each, from scale.requests and scale.outcomes. The first record of each wins.';
COMMENT ON COLUMN report.scale_run.run_id IS
    'The run; its battles have it as run_id in conversation.';
COMMENT ON COLUMN report.scale_run.created_at IS
    'What lists are ordered by: requested_at, or started_at while no request has been read.';
COMMENT ON COLUMN report.scale_run.requested_at IS
    'When it was asked for, by the requester''s clock; null while no request has been read.';
COMMENT ON COLUMN report.scale_run.client_id IS 'Who asked for it; null: unknown.';
COMMENT ON COLUMN report.scale_run.agent_id IS
    'The agent that plays, the first 200 characters; null while no request has been read.';
COMMENT ON COLUMN report.scale_run.model IS
    'The model reference that was asked for; empty: the runner''s default.';
COMMENT ON COLUMN report.scale_run.specification_digest IS
    'SHA-256 over what was asked for: runs of the same digest played the same.';
COMMENT ON COLUMN report.scale_run.run_count IS 'Battles that were asked for.';
COMMENT ON COLUMN report.scale_run.state IS
    'running while no outcome has been read, also for a run that waits for a runner.';
COMMENT ON COLUMN report.scale_run.started_at IS
    'When the runner accepted it; null while no outcome has been read, as all that follows.';
COMMENT ON COLUMN report.scale_run.ended_at IS
    'When its last battle had ended, by the runner''s clock.';
COMMENT ON COLUMN report.scale_run.end_reason IS
    'completed, budget, manual, timeout, error or unknown.';
COMMENT ON COLUMN report.scale_run.failure_class IS
    'Whose fault it was that the run was refused; null: it was not.';
COMMENT ON COLUMN report.scale_run.failure_detail IS
    'A sentence about the refusal, without secrets and prompts; the first 1,000 characters.';
COMMENT ON COLUMN report.scale_run.launched IS 'Battles that were launched.';
COMMENT ON COLUMN report.scale_run.goals IS 'Battles that reached their goal.';
COMMENT ON COLUMN report.scale_run.cost_usd IS
    'What the battles have cost together, in US dollars.';
COMMENT ON COLUMN report.scale_run.unsettled_usd IS
    'The most that may be on a provider''s bill beside cost_usd, in US dollars; null for nothing.';
COMMENT ON COLUMN report.scale_run.month IS
    'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.scale_run.message_limit IS
    'Messages of the agent in one battle at most; null while no request has been read, as all that follows.';
COMMENT ON COLUMN report.scale_run.concurrency IS 'Battles that run at once at most.';
COMMENT ON COLUMN report.scale_run.variants IS
    'The ways to play, taken in turn by the members: an array of objects with name and model.';
COMMENT ON COLUMN report.scale_run.seed IS
    'The seed of member 1, one more for each further; null for none.';
COMMENT ON COLUMN report.scale_run.budget_usd IS
    'What the run may cost at most, in US dollars; null for no budget.';
COMMENT ON COLUMN report.scale_run.timeout_seconds IS 'Seconds after which the run is ended.';
COMMENT ON COLUMN report.scale_run.labels IS 'Free labels, an object of texts.';

CREATE INDEX scale_run_newest ON report.scale_run (created_at DESC, run_id DESC);
CREATE INDEX scale_run_by_state ON report.scale_run (state, created_at DESC, run_id DESC);
CREATE INDEX scale_run_by_agent ON report.scale_run (agent_id, created_at DESC, run_id DESC);

CREATE TABLE report.scale_member (
    month                   date NOT NULL,
    run_id                  uuid NOT NULL,
    member_index            integer NOT NULL CHECK (member_index >= 1),
    battle_id               uuid NOT NULL,
    launched_at             timestamptz NOT NULL,
    ended_at                timestamptz,
    started_at              timestamptz,
    end_reason              text,
    failure_class           text,
    failure_detail          text,
    turn_count              integer CHECK (turn_count >= 0),
    turn_latencies_ms       bigint[],
    agent_calls             integer,
    agent_tokens_in         bigint,
    agent_tokens_out        bigint,
    agent_cost_usd          numeric(18, 9),
    opponent_calls          integer,
    opponent_tokens_in      bigint,
    opponent_tokens_out     bigint,
    opponent_cost_usd       numeric(18, 9),
    judge_calls             integer,
    judge_tokens_in         bigint,
    judge_tokens_out        bigint,
    judge_cost_usd          numeric(18, 9),
    strong_judge_calls      integer,
    strong_judge_tokens_in  bigint,
    strong_judge_tokens_out bigint,
    strong_judge_cost_usd   numeric(18, 9),
    unsettled_usd           numeric(18, 9),
    place                   bigint,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    PRIMARY KEY (month, run_id, member_index)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.scale_member IS
    'Members of scale runs, from scale.members. The first launch and the first end of each win.';
COMMENT ON COLUMN report.scale_member.month IS
    'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.scale_member.run_id IS 'The run.';
COMMENT ON COLUMN report.scale_member.member_index IS 'Its place in the run, from 1.';
COMMENT ON COLUMN report.scale_member.battle_id IS 'Its battle.';
COMMENT ON COLUMN report.scale_member.launched_at IS
    'When it was launched, by the runner''s clock.';
COMMENT ON COLUMN report.scale_member.ended_at IS
    'When it ended, by the runner''s clock; null while it runs, as all that follows.';
COMMENT ON COLUMN report.scale_member.started_at IS 'When the runner accepted its battle.';
COMMENT ON COLUMN report.scale_member.end_reason IS
    'goal, limit, plateau, budget, error, manual, timeout or unknown.';
COMMENT ON COLUMN report.scale_member.failure_class IS
    'Whose fault it was: request, provider, judge, platform or unknown; null: nothing failed.';
COMMENT ON COLUMN report.scale_member.failure_detail IS
    'A sentence about the failure, without secrets and prompts; the first 1,000 characters.';
COMMENT ON COLUMN report.scale_member.turn_count IS 'Turns that the agent has played.';
COMMENT ON COLUMN report.scale_member.turn_latencies_ms IS
    'How long each turn of the agent took, in order, in milliseconds.';
COMMENT ON COLUMN report.scale_member.agent_calls IS
    'Model calls for the agent that reached the provider, failed ones included.';
COMMENT ON COLUMN report.scale_member.agent_tokens_in IS 'Prompt tokens of the agent.';
COMMENT ON COLUMN report.scale_member.agent_tokens_out IS 'Answer tokens of the agent.';
COMMENT ON COLUMN report.scale_member.agent_cost_usd IS 'Cost of the agent in US dollars.';
COMMENT ON COLUMN report.scale_member.opponent_calls IS
    'Model calls for the opponent that reached the provider, failed ones included.';
COMMENT ON COLUMN report.scale_member.opponent_tokens_in IS 'Prompt tokens of the opponent.';
COMMENT ON COLUMN report.scale_member.opponent_tokens_out IS 'Answer tokens of the opponent.';
COMMENT ON COLUMN report.scale_member.opponent_cost_usd IS 'Cost of the opponent in US dollars.';
COMMENT ON COLUMN report.scale_member.judge_calls IS
    'Model calls for the judge that reached the provider, failed ones included.';
COMMENT ON COLUMN report.scale_member.judge_tokens_in IS 'Prompt tokens of the judge.';
COMMENT ON COLUMN report.scale_member.judge_tokens_out IS 'Answer tokens of the judge.';
COMMENT ON COLUMN report.scale_member.judge_cost_usd IS 'Cost of the judge in US dollars.';
COMMENT ON COLUMN report.scale_member.strong_judge_calls IS
    'The part of judge_calls that went to the strong judge, the rest to the fast one; null: not known.';
COMMENT ON COLUMN report.scale_member.strong_judge_tokens_in IS
    'The part of judge_tokens_in that the strong judge has used; null: not known.';
COMMENT ON COLUMN report.scale_member.strong_judge_tokens_out IS
    'The part of judge_tokens_out that the strong judge has used; null: not known.';
COMMENT ON COLUMN report.scale_member.strong_judge_cost_usd IS
    'The part of judge_cost_usd that the strong judge has cost, in US dollars; null: not known.';
COMMENT ON COLUMN report.scale_member.unsettled_usd IS
    'The most that may be on a provider''s bill beside the costs, in US dollars; null for nothing.';
COMMENT ON COLUMN report.scale_member.place IS
    'Where its end stands among those of the run: later ends have larger places.';

CREATE INDEX scale_member_by_battle ON report.scale_member (battle_id);

CREATE TABLE report.scale_reading (
    month       date NOT NULL,
    run_id      uuid NOT NULL,
    topic       text NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (month, run_id, topic)
) PARTITION BY RANGE (month);

COMMENT ON TABLE report.scale_reading IS
    'Up to where the log has been archived for each run: the asOf of its report.';
COMMENT ON COLUMN report.scale_reading.month IS
    'The month''s partition that it lies in: see placement.';
COMMENT ON COLUMN report.scale_reading.run_id IS 'The run.';
COMMENT ON COLUMN report.scale_reading.topic IS 'The topic.';
COMMENT ON COLUMN report.scale_reading.partition IS
    'The partition of the topic that the run''s records lie in.';
COMMENT ON COLUMN report.scale_reading.next_offset IS
    'The offset behind the last record of the run that was archived.';

CREATE TABLE report.deletion (
    battle_id   uuid PRIMARY KEY,
    deleted_at  timestamptz NOT NULL,
    client_id   text,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE report.deletion IS
    'Battles that were deleted, from battle.deletions: nothing is archived of them any more.';
COMMENT ON COLUMN report.deletion.battle_id IS 'The battle.';
COMMENT ON COLUMN report.deletion.deleted_at IS
    'When somebody wanted it deleted, by the requester''s clock.';
COMMENT ON COLUMN report.deletion.client_id IS 'Who wanted it; null: unknown.';
COMMENT ON COLUMN report.deletion.recorded_at IS 'When the archive deleted what it had of it.';

-- The tables that have a partition for each month.
CREATE FUNCTION report.monthly_tables() RETURNS SETOF text
    LANGUAGE sql IMMUTABLE
    RETURN unnest(ARRAY['conversation', 'message', 'judge_decision', 'scale_run', 'scale_member',
                        'scale_reading']);

COMMENT ON FUNCTION report.monthly_tables IS 'The tables that have a partition for each month.';

-- Attached, not created in place: that would keep readers out.
CREATE FUNCTION report.add_month(first date) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    base text;
    part text;
BEGIN
    IF to_regclass('report.scale_reading_' || to_char(first, 'YYYY_MM')) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('battlestream.report.add_month'));
    FOR base IN SELECT report.monthly_tables() LOOP
        part := base || '_' || to_char(first, 'YYYY_MM');
        IF to_regclass('report.' || part) IS NULL THEN
            EXECUTE format('CREATE TABLE report.%I (LIKE report.%I INCLUDING ALL)', part, base);
            EXECUTE format('ALTER TABLE report.%I ATTACH PARTITION report.%I'
                           ' FOR VALUES FROM (%L) TO (%L)',
                           base, part, first, first + interval '1 month');
        END IF;
    END LOOP;
END $$;

COMMENT ON FUNCTION report.add_month IS
    'Adds the partitions of a month, given by its first day, where they are missing.';

-- Gives up soon where somebody reads: whoever waits for a table keeps its next readers waiting.
CREATE FUNCTION report.drop_months_before(oldest date) RETURNS SETOF text
    LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    base text;
    part text;
BEGIN
    FOR base IN SELECT report.monthly_tables() LOOP
        FOR part IN
            SELECT child.relname FROM pg_inherits
            JOIN pg_class child ON child.oid = inhrelid
            WHERE inhparent = ('report.' || base)::regclass
              AND to_date(right(child.relname, 7), 'YYYY_MM') < oldest
            ORDER BY child.relname
        LOOP
            EXECUTE format('DROP TABLE report.%I', part);
            RETURN NEXT part;
        END LOOP;
    END LOOP;
END $$;

COMMENT ON FUNCTION report.drop_months_before IS
    'Drops the partitions of all months before the one with this first day; tells their names.';

-- What there was before, into its months.
INSERT INTO report.placement (id, month)
    SELECT battle_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date
    FROM report.conversation_before
    UNION
    SELECT run_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date
    FROM report.scale_run_before;
SELECT report.add_month(month) FROM (SELECT DISTINCT month FROM report.placement) AS months;
INSERT INTO report.conversation
    SELECT kept.*, placed.month FROM report.conversation_before AS kept
    JOIN report.placement AS placed ON placed.id = kept.battle_id;
INSERT INTO report.scale_run
    SELECT kept.*, placed.month FROM report.scale_run_before AS kept
    JOIN report.placement AS placed ON placed.id = kept.run_id;
DROP TABLE report.conversation_before;
DROP TABLE report.scale_run_before;
