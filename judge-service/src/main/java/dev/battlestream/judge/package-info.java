/** The judge: after every turn of an agent it says whether the goal has been reached. */
@NullMarked
package dev.battlestream.judge;

import org.jspecify.annotations.NullMarked;
