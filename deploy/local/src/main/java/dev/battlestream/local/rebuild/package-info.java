/** What is dropped and folded again when a view or the archive is rebuilt, and how far that is. */
@NullMarked
package dev.battlestream.local.rebuild;

import org.jspecify.annotations.NullMarked;
