/** Tests of the archive's rules. */
@NullMarked
package dev.battlestream.report.archive;

import org.jspecify.annotations.NullMarked;
