/** The runner: plays battles. */
@NullMarked
package dev.battlestream.runner;

import org.jspecify.annotations.NullMarked;
