/** Tests of this package. */
@NullMarked
package dev.battlestream.local.specs.adapter;

import org.jspecify.annotations.NullMarked;
