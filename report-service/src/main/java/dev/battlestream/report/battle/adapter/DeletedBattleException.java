package dev.battlestream.report.battle.adapter;

/** A refusal: the battle was deleted, so that nobody else is to be asked for it. */
public final class DeletedBattleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeletedBattleException() {
        super("the battle was deleted");
    }
}
