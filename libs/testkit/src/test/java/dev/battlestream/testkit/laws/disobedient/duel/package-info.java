/** Example for {@link dev.battlestream.testkit.ArchitectureTest}. */
@NullMarked
package dev.battlestream.testkit.laws.disobedient.duel;

import org.jspecify.annotations.NullMarked;
