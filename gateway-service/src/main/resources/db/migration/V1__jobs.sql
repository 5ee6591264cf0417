-- Admission of battles. Every statement names the schema; nothing relies on a search path.

CREATE TABLE gateway.jobs (
    battle_id       uuid PRIMARY KEY,
    client          text NOT NULL,
    idempotency_key text,
    fingerprint     text NOT NULL,
    request         bytea,
    request_id      text NOT NULL,
    traceparent     text,
    timeout_seconds integer NOT NULL CHECK (timeout_seconds > 0),
    created_at      timestamptz NOT NULL DEFAULT now(),
    publish_after   timestamptz,
    published_at    timestamptz,
    check_after     timestamptz,
    ended_at        timestamptz,
    ended_reason    text,
    CHECK ((ended_at IS NULL) = (ended_reason IS NULL))
);

COMMENT ON TABLE gateway.jobs IS
    'Battles that were accepted here: idempotency keys, the outbox of requests, and what still runs.';
COMMENT ON COLUMN gateway.jobs.battle_id IS 'The battle; also jobId and conversationId.';
COMMENT ON COLUMN gateway.jobs.client IS 'Who asked; holds one slot from created_at to ended_at.';
COMMENT ON COLUMN gateway.jobs.idempotency_key IS
    'The client''s key, one battle per client and key; null without a key, or when it was forgotten.';
COMMENT ON COLUMN gateway.jobs.fingerprint IS
    'SHA-256 over what was asked, in hexadecimal: the same for equal requests and no others.';
COMMENT ON COLUMN gateway.jobs.request IS
    'BattleRequested in Avro''s single-object encoding; null once it is on the log, or was given up.';
COMMENT ON COLUMN gateway.jobs.request_id IS 'X-Request-Id of the start, passed on in record headers.';
COMMENT ON COLUMN gateway.jobs.traceparent IS 'W3C trace context of the start, if it had one.';
COMMENT ON COLUMN gateway.jobs.timeout_seconds IS 'Seconds that the battle may take.';
COMMENT ON COLUMN gateway.jobs.created_at IS 'When it was accepted, by the database''s clock.';
COMMENT ON COLUMN gateway.jobs.publish_after IS
    'When the relay takes care of the request; null when nothing is left to publish.';
COMMENT ON COLUMN gateway.jobs.published_at IS 'When the log had acknowledged the request.';
COMMENT ON COLUMN gateway.jobs.check_after IS
    'When the end of the battle is asked for because no outcome came; null before it is published.';
COMMENT ON COLUMN gateway.jobs.ended_at IS 'When the end was heard of; null while it runs.';
COMMENT ON COLUMN gateway.jobs.ended_reason IS
    'As in the outcome, in lower case; lost: nobody knew it; unpublishable: the log refused it.';

CREATE UNIQUE INDEX jobs_by_key ON gateway.jobs (client, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_to_publish ON gateway.jobs (publish_after) WHERE publish_after IS NOT NULL;
CREATE INDEX jobs_to_check ON gateway.jobs (check_after) WHERE check_after IS NOT NULL;
CREATE INDEX jobs_running ON gateway.jobs (client) WHERE ended_at IS NULL;
CREATE INDEX jobs_by_age ON gateway.jobs (created_at);
CREATE INDEX jobs_keys_by_age ON gateway.jobs (created_at) WHERE idempotency_key IS NOT NULL;

CREATE TABLE gateway.client_slots (
    client     text PRIMARY KEY,
    running    integer NOT NULL CHECK (running >= 0),
    changed_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE gateway.client_slots IS
    'How many battles of each client run: one row to lock, so that admission is one statement.';
COMMENT ON COLUMN gateway.client_slots.client IS 'As in jobs.';
COMMENT ON COLUMN gateway.client_slots.running IS 'Rows of jobs with this client and no end.';
COMMENT ON COLUMN gateway.client_slots.changed_at IS 'When a battle of the client last began or ended.';
