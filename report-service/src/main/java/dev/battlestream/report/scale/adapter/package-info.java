/** Scale runs on the log and over HTTP. */
@NullMarked
package dev.battlestream.report.scale.adapter;

import org.jspecify.annotations.NullMarked;
