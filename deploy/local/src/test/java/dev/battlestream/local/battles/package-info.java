/** Tests of this package. */
@NullMarked
package dev.battlestream.local.battles;

import org.jspecify.annotations.NullMarked;
