@NullMarked
package dev.battlestream.gateway.exchange.adapter;

import org.jspecify.annotations.NullMarked;
