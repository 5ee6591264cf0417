/** What every HTTP exchange shares: who asks, under which id, and how a refusal is told. */
@NullMarked
package dev.battlestream.gateway.exchange;

import org.jspecify.annotations.NullMarked;
