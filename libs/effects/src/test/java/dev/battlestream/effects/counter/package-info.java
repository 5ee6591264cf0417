/** A tiny aggregate whose turns are effects, and the guarantees it must keep on a real broker. */
@NullMarked
package dev.battlestream.effects.counter;

import org.jspecify.annotations.NullMarked;
