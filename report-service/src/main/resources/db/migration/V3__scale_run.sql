-- The archive of scale runs.

CREATE TABLE report.scale_run (
    run_id               uuid PRIMARY KEY,
    created_at           timestamptz NOT NULL,
    requested_at         timestamptz,
    client_id            text,
    agent_id             text,
    model                text,
    specification_digest text,
    run_count            integer NOT NULL CHECK (run_count >= 0),
    state                text NOT NULL
        CHECK (state IN ('running', 'completed', 'failed', 'canceled', 'timeout')),
    started_at           timestamptz,
    ended_at             timestamptz,
    end_reason           text,
    failure_class        text,
    failure_detail       text,
    launched             integer CHECK (launched >= 0),
    goals                integer CHECK (goals >= 0),
    cost_usd             numeric(18, 9),
    unsettled_usd        numeric(18, 9),
    CHECK ((ended_at IS NULL) = (state = 'running')),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CHECK (requested_at IS NOT NULL OR ended_at IS NOT NULL)
);

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

-- Lists are read newest first, a page behind the last row of the page before.
CREATE INDEX scale_run_newest ON report.scale_run (created_at DESC, run_id DESC);
CREATE INDEX scale_run_by_state ON report.scale_run (state, created_at DESC, run_id DESC);
