/** Tests of the arithmetic of benchmarks. */
@NullMarked
package dev.battlestream.bench;

import org.jspecify.annotations.NullMarked;
