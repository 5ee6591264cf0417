@NullMarked
package dev.battlestream.gateway.battle;

import org.jspecify.annotations.NullMarked;
