/** Files that say what to play. */
@NullMarked
package dev.battlestream.local.specs;

import org.jspecify.annotations.NullMarked;
