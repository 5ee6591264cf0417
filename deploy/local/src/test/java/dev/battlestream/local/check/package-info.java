/** Tests. */
@NullMarked
package dev.battlestream.local.check;

import org.jspecify.annotations.NullMarked;
