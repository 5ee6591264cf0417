/** What the demonstration expects of each battle, and how it judges what it saw. */
@NullMarked
package dev.battlestream.local.demo;

import org.jspecify.annotations.NullMarked;
