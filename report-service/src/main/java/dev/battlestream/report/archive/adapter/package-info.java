/** The archive in PostgreSQL: what fills it from the log and what reads it over HTTP. */
@NullMarked
package dev.battlestream.report.archive.adapter;

import org.jspecify.annotations.NullMarked;
