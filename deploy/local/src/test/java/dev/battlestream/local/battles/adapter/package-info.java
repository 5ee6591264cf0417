/** Tests of this package. */
@NullMarked
package dev.battlestream.local.battles.adapter;

import org.jspecify.annotations.NullMarked;
