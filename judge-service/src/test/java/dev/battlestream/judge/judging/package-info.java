/** Specifications of judging, without Kafka or a model. */
@NullMarked
package dev.battlestream.judge.judging;

import org.jspecify.annotations.NullMarked;
