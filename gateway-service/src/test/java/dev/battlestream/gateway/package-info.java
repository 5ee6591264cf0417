@NullMarked
package dev.battlestream.gateway;

import org.jspecify.annotations.NullMarked;
