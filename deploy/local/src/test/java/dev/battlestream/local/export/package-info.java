/** Tests of what is exported. */
@NullMarked
package dev.battlestream.local.export;

import org.jspecify.annotations.NullMarked;
