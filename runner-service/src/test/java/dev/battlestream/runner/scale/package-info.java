@NullMarked
package dev.battlestream.runner.scale;

import org.jspecify.annotations.NullMarked;
