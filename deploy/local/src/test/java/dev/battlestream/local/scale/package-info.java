/** Tests of this package. */
@NullMarked
package dev.battlestream.local.scale;

import org.jspecify.annotations.NullMarked;
