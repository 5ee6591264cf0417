/**
 * Real servers as forked processes and the laws of the code base, for tests and the local platform.
 */
@NullMarked
package dev.battlestream.testkit;

import org.jspecify.annotations.NullMarked;
