/** Example for {@link dev.battlestream.testkit.ArchitectureTest}. */
@NullMarked
package dev.battlestream.testkit.laws.disobedient;

import org.jspecify.annotations.NullMarked;
