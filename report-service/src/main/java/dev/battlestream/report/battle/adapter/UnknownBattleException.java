package dev.battlestream.report.battle.adapter;

/** A refusal: no view knows the battle. */
final class UnknownBattleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownBattleException() {
        super("no such battle");
    }
}
