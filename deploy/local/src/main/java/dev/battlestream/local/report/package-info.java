/** What the report service says of its reading of the log. */
@NullMarked
package dev.battlestream.local.report;

import org.jspecify.annotations.NullMarked;
