/** Drops views and archive and has the report service fold them again from the log. */
@NullMarked
package dev.battlestream.local.rebuild.adapter;

import org.jspecify.annotations.NullMarked;
