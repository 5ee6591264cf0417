/** Tests. */
@NullMarked
package dev.battlestream.local.rebuild.adapter;

import org.jspecify.annotations.NullMarked;
