/** Which turns are judged, and how a verdict is reached: validators first, then a model. */
@NullMarked
package dev.battlestream.judge.judging;

import org.jspecify.annotations.NullMarked;
