package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.stream.DraftFrames;
import dev.battlestream.gateway.stream.Frame;
import tools.jackson.databind.json.JsonMapper;

/** Tells of a message that is being written in JSON. */
final class JsonDraftFrames implements DraftFrames {

    /**
     * The data of a delta event.
     *
     * @param seq the seq that the message will have
     * @param turn the agent's turn it belongs to
     * @param attempt counts the attempts at the message, from 1
     * @param offset characters, in UTF-16 code units, of this attempt that stand before the text
     * @param text more of the message
     */
    record DeltaBody(int seq, int turn, int attempt, int offset, String text) {}

    /**
     * The data of a retry event.
     *
     * @param attempt the attempt that failed and whose deltas are void
     */
    record RetryBody(int seq, int turn, int attempt) {}

    private final JsonMapper json;

    JsonDraftFrames(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Frame text(int seq, int turn, int attempt, int offset, String text) {
        return Frame.event(
                "delta", json.writeValueAsString(new DeltaBody(seq, turn, attempt, offset, text)));
    }

    @Override
    public Frame retry(int seq, int turn, int attempt) {
        return Frame.event("retry", json.writeValueAsString(new RetryBody(seq, turn, attempt)));
    }
}
