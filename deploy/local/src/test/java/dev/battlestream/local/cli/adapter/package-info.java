/** Tests of this package. */
@NullMarked
package dev.battlestream.local.cli.adapter;

import org.jspecify.annotations.NullMarked;
