@NullMarked
package dev.battlestream.gateway.scale.adapter;

import org.jspecify.annotations.NullMarked;
