/** Tests of the whole runner. */
@NullMarked
package dev.battlestream.runner;

import org.jspecify.annotations.NullMarked;
