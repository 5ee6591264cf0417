/** Specifications of the folds and of the order in which a battle is told. */
@NullMarked
package dev.battlestream.report.battle;

import org.jspecify.annotations.NullMarked;
