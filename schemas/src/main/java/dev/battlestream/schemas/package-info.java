/** The contract's plain parts: the topic catalogue and the serdes of its records. */
@NullMarked
package dev.battlestream.schemas;

import org.jspecify.annotations.NullMarked;
