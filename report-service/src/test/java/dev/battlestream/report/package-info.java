/** Laws of the report service. */
@NullMarked
package dev.battlestream.report;

import org.jspecify.annotations.NullMarked;
