/** The laws of the judge service's code. */
@NullMarked
package dev.battlestream.judge;

import org.jspecify.annotations.NullMarked;
