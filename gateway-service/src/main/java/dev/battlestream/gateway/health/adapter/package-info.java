/** Probes of the dependencies and the health resource. */
@NullMarked
package dev.battlestream.gateway.health.adapter;

import org.jspecify.annotations.NullMarked;
