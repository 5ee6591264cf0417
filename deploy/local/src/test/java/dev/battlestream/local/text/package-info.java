/** Tests of this package. */
@NullMarked
package dev.battlestream.local.text;

import org.jspecify.annotations.NullMarked;
