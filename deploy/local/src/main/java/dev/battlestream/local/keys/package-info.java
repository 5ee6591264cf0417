/** API keys of the gateway: how they look and what is kept of them. */
@NullMarked
package dev.battlestream.local.keys;

import org.jspecify.annotations.NullMarked;
