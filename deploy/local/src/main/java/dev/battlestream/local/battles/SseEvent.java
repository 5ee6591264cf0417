package dev.battlestream.local.battles;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param id the cursor to go on from, null for an event without one
 * @param name what kind of event it is
 * @param data the event's text, lines joined by line feeds
 */
public record SseEvent(@Nullable String id, String name, String data) {}
