/** Starts, finds and stops the platform's processes. */
@NullMarked
package dev.battlestream.local.platform.adapter;

import org.jspecify.annotations.NullMarked;
