/** Deterministic checks of a message, each in a time that is bounded by the message's length. */
@NullMarked
package dev.battlestream.judge.validation;

import org.jspecify.annotations.NullMarked;
