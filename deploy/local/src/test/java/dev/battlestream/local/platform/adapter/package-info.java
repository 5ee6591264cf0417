/** Tests of this package. */
@NullMarked
package dev.battlestream.local.platform.adapter;

import org.jspecify.annotations.NullMarked;
