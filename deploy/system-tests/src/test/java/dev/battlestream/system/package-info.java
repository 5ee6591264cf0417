/** The whole platform as processes on loopback, tested from outside. */
@NullMarked
package dev.battlestream.system;

import org.jspecify.annotations.NullMarked;
