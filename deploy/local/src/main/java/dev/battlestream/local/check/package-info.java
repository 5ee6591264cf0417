/**
 * What the log says of battles and runs by the documented rules, and where others say otherwise.
 */
@NullMarked
package dev.battlestream.local.check;

import org.jspecify.annotations.NullMarked;
