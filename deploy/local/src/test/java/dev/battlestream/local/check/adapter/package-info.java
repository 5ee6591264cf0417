/** Tests. */
@NullMarked
package dev.battlestream.local.check.adapter;

import org.jspecify.annotations.NullMarked;
