/** What a battle is and what happens next; pure decisions without clock or I/O. */
@NullMarked
package dev.battlestream.runner.battle;

import org.jspecify.annotations.NullMarked;
