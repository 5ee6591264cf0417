package dev.battlestream.gateway.exchange;

/**
 * One thing that is wrong with a request.
 *
 * @param field the path of the field, for example {@code judge.validators[0].pattern}, or the name
 *     of a query parameter or header
 * @param message what is wrong, for a person; never repeats the value
 */
public record FieldError(String field, String message) {}
