/** What the gateway answers about a scale run, and what it means to a person and to a script. */
@NullMarked
package dev.battlestream.local.scale;

import org.jspecify.annotations.NullMarked;
