@NullMarked
package dev.battlestream.gateway.health;

import org.jspecify.annotations.NullMarked;
