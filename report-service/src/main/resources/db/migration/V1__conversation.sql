-- The archive of battles. Every statement names the schema; nothing relies on a search path.

CREATE TABLE report.conversation (
    battle_id           uuid PRIMARY KEY,
    created_at          timestamptz NOT NULL,
    requested_at        timestamptz,
    client_id           text,
    agent_id            text,
    model               text,
    run_id              text,
    state               text NOT NULL
        CHECK (state IN ('running', 'completed', 'failed', 'canceled', 'timeout')),
    started_at          timestamptz,
    ended_at            timestamptz,
    end_reason          text,
    failure_class       text,
    failure_detail      text,
    turn_count          integer CHECK (turn_count >= 0),
    message_count       integer CHECK (message_count >= 0),
    verdict_count       integer CHECK (verdict_count >= 0),
    agent_calls         integer,
    agent_tokens_in     bigint,
    agent_tokens_out    bigint,
    agent_cost_usd      numeric(18, 9),
    opponent_calls      integer,
    opponent_tokens_in  bigint,
    opponent_tokens_out bigint,
    opponent_cost_usd   numeric(18, 9),
    judge_calls         integer,
    judge_tokens_in     bigint,
    judge_tokens_out    bigint,
    judge_cost_usd      numeric(18, 9),
    CHECK ((ended_at IS NULL) = (state = 'running')),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CHECK (requested_at IS NOT NULL OR ended_at IS NOT NULL)
);

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

-- Lists are read newest first, a page behind the last row of the page before.
CREATE INDEX conversation_newest ON report.conversation (created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_state
    ON report.conversation (state, created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_agent
    ON report.conversation (agent_id, created_at DESC, battle_id DESC);
CREATE INDEX conversation_by_run
    ON report.conversation (run_id, created_at DESC, battle_id DESC) WHERE run_id IS NOT NULL;
