/** Rules of the judging policy that everybody who accepts one must enforce alike; pure. */
@NullMarked
package dev.battlestream.policy;

import org.jspecify.annotations.NullMarked;
