package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.battlestream.report.battle.Failure;
import org.jspecify.annotations.Nullable;

/** Why a battle or a run failed, as JSON. */
public record FailureBody(@JsonProperty("class") String cause, String detail) {

    /** The JSON of a failure; null for none. */
    public static @Nullable FailureBody orNull(@Nullable Failure failure) {
        return failure == null
                ? null
                : new FailureBody(Spelling.name(failure.cause()), failure.detail());
    }
}
