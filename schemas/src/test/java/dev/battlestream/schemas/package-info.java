/** Tests of the contract: its schemas, their history, its documents and its serdes. */
@NullMarked
package dev.battlestream.schemas;

import org.jspecify.annotations.NullMarked;
