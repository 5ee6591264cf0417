/** Rules that everybody who accepts a request must enforce alike; pure. */
@NullMarked
package dev.battlestream.policy;

import org.jspecify.annotations.NullMarked;
