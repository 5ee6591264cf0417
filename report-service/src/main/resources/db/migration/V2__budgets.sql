-- What the strong judge has used of the judge's, and what an outcome tells of a budget.

ALTER TABLE report.conversation
    ADD COLUMN strong_judge_calls      integer,
    ADD COLUMN strong_judge_tokens_in  bigint,
    ADD COLUMN strong_judge_tokens_out bigint,
    ADD COLUMN strong_judge_cost_usd   numeric(18, 9),
    ADD COLUMN next_call_usd           numeric(18, 9),
    ADD COLUMN unsettled_usd           numeric(18, 9);

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
