/** Tests of what follows from the rows of a scale run. */
@NullMarked
package dev.battlestream.report.scale;

import org.jspecify.annotations.NullMarked;
