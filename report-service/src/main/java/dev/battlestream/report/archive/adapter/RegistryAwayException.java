package dev.battlestream.report.archive.adapter;

/** A passing fault: a record cannot be read because the registry does not answer. */
final class RegistryAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegistryAwayException(Throwable cause) {
        super(cause);
    }
}
