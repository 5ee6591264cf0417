/** Talks to the gateway over HTTP. */
@NullMarked
package dev.battlestream.local.battles.adapter;

import org.jspecify.annotations.NullMarked;
