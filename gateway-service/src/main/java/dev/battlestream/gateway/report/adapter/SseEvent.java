package dev.battlestream.gateway.report.adapter;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name what happened; {@code message} unless the sender named it
 * @param id the cursor behind the event, if it has one
 * @param data its lines, joined by line breaks
 */
public record SseEvent(String name, @Nullable String id, String data) {}
