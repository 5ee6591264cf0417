/** Tests of the deterministic checks. */
@NullMarked
package dev.battlestream.judge.validation;

import org.jspecify.annotations.NullMarked;
