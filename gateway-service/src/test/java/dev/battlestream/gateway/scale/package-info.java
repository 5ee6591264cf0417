@NullMarked
package dev.battlestream.gateway.scale;

import org.jspecify.annotations.NullMarked;
