/** Tests of reading the archive and writing files. */
@NullMarked
package dev.battlestream.local.export.adapter;

import org.jspecify.annotations.NullMarked;
