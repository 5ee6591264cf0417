/** Benchmarks of the running product, each against a named peer or limit in the same run. */
@NullMarked
package dev.battlestream.bench;

import org.jspecify.annotations.NullMarked;
