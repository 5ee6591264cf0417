package dev.battlestream.gateway.stream;

/** Deltas in a form that a test can read. */
final class TextFrames implements DraftFrames {

    /** How often something was encoded. */
    int encoded;

    @Override
    public Frame text(int seq, int turn, int attempt, int offset, String text) {
        encoded++;
        return Frame.event("delta", "delta %d.%d +%d %s".formatted(seq, attempt, offset, text));
    }

    @Override
    public Frame retry(int seq, int turn, int attempt) {
        return Frame.event("retry", "retry %d.%d".formatted(seq, attempt));
    }
}
