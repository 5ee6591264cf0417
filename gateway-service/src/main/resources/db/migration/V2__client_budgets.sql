-- What a client's battles may cost in a day. In the client's slot, so that admission stays one statement.

ALTER TABLE gateway.client_slots
    ADD COLUMN reserved_usd numeric(27, 9) NOT NULL DEFAULT 0 CHECK (reserved_usd >= 0),
    ADD COLUMN spent_usd    numeric(27, 9) NOT NULL DEFAULT 0 CHECK (spent_usd >= 0),
    ADD COLUMN spent_on     date           NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date;

COMMENT ON COLUMN gateway.client_slots.reserved_usd IS
    'Budgets of the client''s running battles, in US dollars.';
COMMENT ON COLUMN gateway.client_slots.spent_usd IS
    'What battles that ended on the day spent_on have cost at most, in US dollars.';
COMMENT ON COLUMN gateway.client_slots.spent_on IS 'The day of spent_usd, in UTC.';

ALTER TABLE gateway.jobs
    ADD COLUMN reserved_usd numeric(18, 9) NOT NULL DEFAULT 0 CHECK (reserved_usd >= 0);

COMMENT ON COLUMN gateway.jobs.reserved_usd IS
    'The battle''s budget in US dollars, 0 without one; reserved for it while it runs.';
