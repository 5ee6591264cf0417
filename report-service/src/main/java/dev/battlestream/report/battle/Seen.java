package dev.battlestream.report.battle;

/**
 * How much of a battle has been seen.
 *
 * @param places places of messages that are filled, the place of a failed turn included
 * @param messages messages that were played
 * @param verdicts verdicts that were issued
 */
public record Seen(int places, int messages, int verdicts) {

    static final Seen NOTHING = new Seen(0, 0, 0);

    Seen with(Message message) {
        return new Seen(message.seq(), message.failed() ? messages : messages + 1, verdicts);
    }

    Seen with(Verdict verdict) {
        return new Seen(places, messages, verdict.turn());
    }

    /** Without what turns out not to belong to the battle. */
    Seen within(Ending ending) {
        return new Seen(
                Math.min(places, ending.messageCount()),
                Math.min(messages, ending.messageCount()),
                Math.min(verdicts, ending.verdictCount()));
    }
}
