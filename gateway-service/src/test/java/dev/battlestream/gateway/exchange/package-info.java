@NullMarked
package dev.battlestream.gateway.exchange;

import org.jspecify.annotations.NullMarked;
