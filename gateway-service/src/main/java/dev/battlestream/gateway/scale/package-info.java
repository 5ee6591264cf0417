/** What may be asked of a scale run, and the rules a request must keep. */
@NullMarked
package dev.battlestream.gateway.scale;

import org.jspecify.annotations.NullMarked;
