/** What the report service tells of a battle, in the shapes of the public contract. */
@NullMarked
package dev.battlestream.gateway.report;

import org.jspecify.annotations.NullMarked;
