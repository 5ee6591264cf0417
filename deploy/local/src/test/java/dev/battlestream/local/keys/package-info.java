/** Tests of this package. */
@NullMarked
package dev.battlestream.local.keys;

import org.jspecify.annotations.NullMarked;
