/**
 * Scale runs as their readers see them: what is kept of a run and of its members, and the report
 * that follows from it. Pure: the same rows give the same report, to the byte.
 */
@NullMarked
package dev.battlestream.report.scale;

import org.jspecify.annotations.NullMarked;
