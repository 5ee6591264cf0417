/** Tests of the archive on PostgreSQL and Kafka. */
@NullMarked
package dev.battlestream.report.archive.adapter;

import org.jspecify.annotations.NullMarked;
