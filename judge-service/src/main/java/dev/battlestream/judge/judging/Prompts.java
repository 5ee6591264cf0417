package dev.battlestream.judge.judging;

/**
 * The texts that models are asked with.
 *
 * @param fast for the fast judge
 * @param strong for the strong judge
 * @param repair for another answer in place of an unusable one
 */
public record Prompts(PromptTemplate fast, PromptTemplate strong, PromptTemplate repair) {}
