package dev.battlestream.runner.battle;

import java.math.BigDecimal;

/**
 * What the calls of a battle can cost at most. It is settled when the battle is accepted, so that
 * the same decisions come out whenever they are made again.
 *
 * @param judgingUsd judging a turn: every model that may be asked, in US dollars
 */
public record Tariff(CallPrice agent, CallPrice opponent, BigDecimal judgingUsd) {

    public static final Tariff FREE = new Tariff(CallPrice.FREE, CallPrice.FREE, BigDecimal.ZERO);

    /** The call for a message alone. */
    BigDecimal call(Speaker speaker, Progress progress) {
        CallPrice price =
                switch (speaker) {
                    case AGENT -> agent;
                    case OPPONENT -> opponent;
                };
        return price.worstCase(progress.messages(), progress.bytes());
    }

    /** What a message needs beside its own call: an agent's message is judged. */
    BigDecimal judging(Speaker speaker) {
        return switch (speaker) {
            case AGENT -> judgingUsd;
            case OPPONENT -> BigDecimal.ZERO;
        };
    }
}
