/** The live stream of a battle: one ordered feed, any number of viewers with a place in it. */
@NullMarked
package dev.battlestream.gateway.stream;

import org.jspecify.annotations.NullMarked;
