/** Reads them from YAML and checks them against the published schemas. */
@NullMarked
package dev.battlestream.local.specs.adapter;

import org.jspecify.annotations.NullMarked;
