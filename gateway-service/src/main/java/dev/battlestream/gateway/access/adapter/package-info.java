/** Checks keys and origins before a request reaches a controller. */
@NullMarked
package dev.battlestream.gateway.access.adapter;

import org.jspecify.annotations.NullMarked;
