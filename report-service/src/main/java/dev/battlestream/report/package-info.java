/** The report service: views of battles that are folded from the log, read and followed by key. */
@NullMarked
package dev.battlestream.report;

import org.jspecify.annotations.NullMarked;
