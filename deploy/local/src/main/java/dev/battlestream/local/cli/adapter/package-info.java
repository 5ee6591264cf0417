/** The command line. */
@NullMarked
package dev.battlestream.local.cli.adapter;

import org.jspecify.annotations.NullMarked;
