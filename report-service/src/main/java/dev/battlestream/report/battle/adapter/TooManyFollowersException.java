package dev.battlestream.report.battle.adapter;

/** A passing fault: this instance serves as many streams as it may. */
public final class TooManyFollowersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyFollowersException() {
        super("this instance serves as many streams as it may");
    }
}
