/** Example for {@link dev.battlestream.testkit.ArchitectureTest}. */
@NullMarked
package dev.battlestream.testkit.laws.obedient.duel.adapter;

import org.jspecify.annotations.NullMarked;
