/** Tests of how scale runs are written for their readers. */
@NullMarked
package dev.battlestream.report.scale.adapter;

import org.jspecify.annotations.NullMarked;
