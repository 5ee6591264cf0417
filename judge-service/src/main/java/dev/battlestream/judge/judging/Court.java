package dev.battlestream.judge.judging;

/**
 * What judging goes by, whatever the battle.
 *
 * @param rules which models may judge
 * @param prompts what they are asked
 */
public record Court(ModelRules rules, Prompts prompts) {}
