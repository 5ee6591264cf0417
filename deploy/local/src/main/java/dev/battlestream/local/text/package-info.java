/** Tables and figures for people. */
@NullMarked
package dev.battlestream.local.text;

import org.jspecify.annotations.NullMarked;
