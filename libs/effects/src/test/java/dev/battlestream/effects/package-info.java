/** Tests of durable effects: decisions without a broker, guarantees on a real one. */
@NullMarked
package dev.battlestream.effects;

import org.jspecify.annotations.NullMarked;
