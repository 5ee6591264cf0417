/** Reads the archive through the analysts' views and writes files. */
@NullMarked
package dev.battlestream.local.export.adapter;

import org.jspecify.annotations.NullMarked;
