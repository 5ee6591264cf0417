/**
 * Scale runs: many battles of one specification, never more than the allowed number at a time.
 * Pure: what is decided here follows from the state and what happened.
 */
@NullMarked
package dev.battlestream.runner.scale;

import org.jspecify.annotations.NullMarked;
