package dev.battlestream.report.battle.adapter;

/** A refusal: a parameter is out of its range. */
final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidRequestException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The parameter. */
    String field() {
        return field;
    }
}
