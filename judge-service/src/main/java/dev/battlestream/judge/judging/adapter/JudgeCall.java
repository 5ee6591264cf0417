package dev.battlestream.judge.judging.adapter;

/**
 * One call of the effect.
 *
 * @param pending what is judged
 * @param attempt which dispatch it is, from 1
 */
record JudgeCall(PendingTurn pending, int attempt) {}
