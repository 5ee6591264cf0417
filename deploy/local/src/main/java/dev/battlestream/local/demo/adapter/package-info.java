/** Plays the demonstration. */
@NullMarked
package dev.battlestream.local.demo.adapter;

import org.jspecify.annotations.NullMarked;
