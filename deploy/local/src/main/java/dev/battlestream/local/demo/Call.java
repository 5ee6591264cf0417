package dev.battlestream.local.demo;

/**
 * One attempt that reached a model, as the model itself counted it.
 *
 * @param conversation the battle
 * @param turn the reply asked for, from 1
 * @param attempt within its call, from 1; a call repeated after a crash starts at 1 again
 */
public record Call(String conversation, int turn, int attempt) {}
