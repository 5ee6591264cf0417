/** What the gateway answers about a battle, and how its stream is read. */
@NullMarked
package dev.battlestream.local.battles;

import org.jspecify.annotations.NullMarked;
