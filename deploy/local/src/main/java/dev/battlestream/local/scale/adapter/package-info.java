/** Reads runs from the gateway and follows them; writes them for a CI server. */
@NullMarked
package dev.battlestream.local.scale.adapter;

import org.jspecify.annotations.NullMarked;
