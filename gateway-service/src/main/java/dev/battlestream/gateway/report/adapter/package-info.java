/** The report service over HTTP: reads and the stream of a battle's events. */
@NullMarked
package dev.battlestream.gateway.report.adapter;

import org.jspecify.annotations.NullMarked;
