/** What may be asked of a battle, and the rules a request must keep. */
@NullMarked
package dev.battlestream.gateway.battle;

import org.jspecify.annotations.NullMarked;
