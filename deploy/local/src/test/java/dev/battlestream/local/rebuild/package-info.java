/** Tests. */
@NullMarked
package dev.battlestream.local.rebuild;

import org.jspecify.annotations.NullMarked;
