/** What the platform on one machine consists of: components, ports, folders, their states. */
@NullMarked
package dev.battlestream.local.platform;

import org.jspecify.annotations.NullMarked;
