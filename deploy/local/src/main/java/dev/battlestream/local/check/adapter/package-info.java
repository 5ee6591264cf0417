/** Reads the log and asks the report service for what it has made of it. */
@NullMarked
package dev.battlestream.local.check.adapter;

import org.jspecify.annotations.NullMarked;
