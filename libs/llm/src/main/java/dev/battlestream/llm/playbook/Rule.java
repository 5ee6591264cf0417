package dev.battlestream.llm.playbook;

/**
 * A reply to what was said.
 *
 * @param lastUserMessageContains the text that makes it apply, in exactly this spelling
 */
public record Rule(String lastUserMessageContains, String reply) {}
