/** What of the archive is exported, and as what. */
@NullMarked
package dev.battlestream.local.export;

import org.jspecify.annotations.NullMarked;
