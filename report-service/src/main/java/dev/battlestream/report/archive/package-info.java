/** What the archive keeps of battles, and how it is asked. */
@NullMarked
package dev.battlestream.report.archive;

import org.jspecify.annotations.NullMarked;
