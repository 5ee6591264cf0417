/** Tests of this package. */
@NullMarked
package dev.battlestream.local.scale.adapter;

import org.jspecify.annotations.NullMarked;
