/** Tests of the port, its settings and the laws of this library. */
@NullMarked
package dev.battlestream.llm;

import org.jspecify.annotations.NullMarked;
