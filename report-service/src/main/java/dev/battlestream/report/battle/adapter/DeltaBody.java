package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.Delta;
import org.jspecify.annotations.Nullable;

/** A delta as JSON; offset and text are absent when the call is tried again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeltaBody(
        int seq,
        int turn,
        int attempt,
        int index,
        @Nullable Integer offset,
        @Nullable String text) {

    static DeltaBody of(Delta delta) {
        return switch (delta) {
            case Delta.Text(int seq, int turn, int attempt, int index, int offset, String text) ->
                    new DeltaBody(seq, turn, attempt, index, offset, text);
            case Delta.Retry(int seq, int turn, int attempt, int index) ->
                    new DeltaBody(seq, turn, attempt, index, null, null);
        };
    }
}
