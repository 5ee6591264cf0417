/** Asks the report service. */
@NullMarked
package dev.battlestream.local.report.adapter;

import org.jspecify.annotations.NullMarked;
