package dev.battlestream.report.battle.adapter;

import java.util.Map;
import java.util.stream.Collectors;

/** A refusal: parameters are out of their range. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> faults;

    InvalidRequestException(String field, String message) {
        this(Map.of(field, message));
    }

    /**
     * @param faults what is wrong, by parameter; all of it
     */
    public InvalidRequestException(Map<String, String> faults) {
        super(
                faults.entrySet().stream()
                        .map(fault ->
                                faults.size() == 1
                                        ? fault.getValue()
                                        : fault.getKey() + ": " + fault.getValue())
                        .collect(Collectors.joining("; ")));
        this.faults = faults;
    }

    /** What is wrong, by parameter. */
    Map<String, String> faults() {
        return faults;
    }
}
