@NullMarked
package dev.battlestream.gateway.access;

import org.jspecify.annotations.NullMarked;
