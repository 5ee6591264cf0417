/** Tests of this package. */
@NullMarked
package dev.battlestream.local.demo;

import org.jspecify.annotations.NullMarked;
