/** How the gateway and what it depends on are doing. */
@NullMarked
package dev.battlestream.gateway.health;

import org.jspecify.annotations.NullMarked;
