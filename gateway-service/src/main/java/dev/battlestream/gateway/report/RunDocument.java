package dev.battlestream.gateway.report;

/** A report of a scale run as a file. */
public enum RunDocument {
    /** One page that stands alone. */
    HTML,
    /** The table of its battles (RFC 4180). */
    CSV
}
