@NullMarked
package dev.battlestream.gateway.access.adapter;

import org.jspecify.annotations.NullMarked;
