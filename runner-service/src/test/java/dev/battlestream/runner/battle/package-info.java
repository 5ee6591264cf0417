/** Specifications of what a battle is and what happens next. */
@NullMarked
package dev.battlestream.runner.battle;

import org.jspecify.annotations.NullMarked;
