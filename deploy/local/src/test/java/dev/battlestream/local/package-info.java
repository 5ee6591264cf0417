/** Tests of this package. */
@NullMarked
package dev.battlestream.local;

import org.jspecify.annotations.NullMarked;
