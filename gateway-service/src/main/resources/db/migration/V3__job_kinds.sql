-- Scale runs are jobs as well: the same keys, slots, budgets and outbox.

ALTER TABLE gateway.jobs
    ADD COLUMN kind    text    NOT NULL DEFAULT 'battle' CHECK (kind IN ('battle', 'run')),
    ADD COLUMN battles integer NOT NULL DEFAULT 1 CHECK (battles > 0),
    ALTER COLUMN reserved_usd TYPE numeric(27, 9);

COMMENT ON TABLE gateway.jobs IS
    'Battles and runs that were accepted here: idempotency keys, the outbox, and what still runs.';
COMMENT ON COLUMN gateway.jobs.kind IS
    'battle, or run: a scale run, whose battles have no rows of their own.';
COMMENT ON COLUMN gateway.jobs.battles IS 'Battles that are played for it: 1, or those of the run.';
COMMENT ON COLUMN gateway.jobs.battle_id IS
    'The battle, also jobId and conversationId; of a run the run''s id.';
COMMENT ON COLUMN gateway.jobs.idempotency_key IS
    'The client''s key, one job per client and key; null without a key, or when it was forgotten.';
COMMENT ON COLUMN gateway.jobs.request IS
    'BattleRequested or ScaleRunRequested in Avro''s single-object encoding; null once it is on the log, or was given up.';
COMMENT ON COLUMN gateway.jobs.timeout_seconds IS 'Seconds that the battle or run may take.';
COMMENT ON COLUMN gateway.jobs.check_after IS
    'When the end is asked for because no outcome came; null before the request is published.';
COMMENT ON COLUMN gateway.jobs.reserved_usd IS
    'What it may cost at most in US dollars, 0 without a budget; reserved while it runs.';
COMMENT ON TABLE gateway.client_slots IS
    'How many jobs of each client run: one row to lock, so that admission is one statement.';
COMMENT ON COLUMN gateway.client_slots.changed_at IS 'When a job of the client last began or ended.';
COMMENT ON COLUMN gateway.client_slots.reserved_usd IS
    'What the client''s running jobs may cost at most, in US dollars.';
COMMENT ON COLUMN gateway.client_slots.spent_usd IS
    'What jobs that ended on the day spent_on have cost at most, in US dollars.';
