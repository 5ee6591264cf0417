/** Tests of the testkit. */
@NullMarked
package dev.battlestream.testkit;

import org.jspecify.annotations.NullMarked;
