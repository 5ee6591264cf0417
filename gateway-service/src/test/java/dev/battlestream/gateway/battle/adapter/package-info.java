@NullMarked
package dev.battlestream.gateway.battle.adapter;

import org.jspecify.annotations.NullMarked;
