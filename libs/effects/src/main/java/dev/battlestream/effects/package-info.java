/** Durable effects: slow work that is recorded before it runs and whose result is an event. */
@NullMarked
package dev.battlestream.effects;

import org.jspecify.annotations.NullMarked;
