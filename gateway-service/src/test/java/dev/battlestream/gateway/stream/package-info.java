@NullMarked
package dev.battlestream.gateway.stream;

import org.jspecify.annotations.NullMarked;
