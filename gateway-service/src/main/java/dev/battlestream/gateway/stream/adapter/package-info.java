/** Feeds fed by the report service and read by server-sent-event viewers. */
@NullMarked
package dev.battlestream.gateway.stream.adapter;

import org.jspecify.annotations.NullMarked;
