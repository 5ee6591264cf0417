/** The gateway: the front door for people and programs that speak HTTP. */
@NullMarked
package dev.battlestream.gateway;

import org.jspecify.annotations.NullMarked;
