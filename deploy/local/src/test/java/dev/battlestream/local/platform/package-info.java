/** Tests of this package. */
@NullMarked
package dev.battlestream.local.platform;

import org.jspecify.annotations.NullMarked;
