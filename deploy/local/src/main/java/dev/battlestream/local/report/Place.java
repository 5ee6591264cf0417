package dev.battlestream.local.report;

/** A partition of a topic. */
public record Place(String topic, int partition) {}
