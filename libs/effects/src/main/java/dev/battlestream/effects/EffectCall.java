package dev.battlestream.effects;

/**
 * Which call of an effect this is.
 *
 * @param id the effect
 * @param attempt how often the effect has been dispatched, from 1; more than 1 means that an
 *     earlier owner may have made the call and its result was not found on the log
 * @param trial how often this dispatch has tried the call, from 1; grows with each {@link
 *     PassingFault}
 */
public record EffectCall(EffectId id, int attempt, int trial) {}
