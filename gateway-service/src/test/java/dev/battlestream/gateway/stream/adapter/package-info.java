/** Tests of streams on their way to viewers. */
@NullMarked
package dev.battlestream.gateway.stream.adapter;

import org.jspecify.annotations.NullMarked;
