/** Who may do what: API keys, their scopes, and the origins of browser pages. */
@NullMarked
package dev.battlestream.gateway.access;

import org.jspecify.annotations.NullMarked;
