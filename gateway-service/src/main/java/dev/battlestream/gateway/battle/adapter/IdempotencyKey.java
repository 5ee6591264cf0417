package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header with which a client says that two starts are one. */
public final class IdempotencyKey {

    /** The request's header. */
    public static final String HEADER = "Idempotency-Key";

    /** The answer's header, on a repetition. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private IdempotencyKey() {}

    /**
     * The key as it is kept.
     *
     * @param idField the field of the body that does the same
     * @param chosen what it holds
     * @throws RequestProblem if the key is none, or comes together with a chosen id
     */
    public static Optional<String> checked(
            @Nullable String key, String idField, Optional<UUID> chosen) {
        if (key == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(key).matches()) {
            throw invalid(HEADER, "must have 1 to 200 visible ASCII characters");
        }
        if (chosen.isPresent()) {
            throw invalid(idField, "cannot be given together with an Idempotency-Key");
        }
        return Optional.of(key);
    }

    private static RequestProblem invalid(String field, String message) {
        return RequestProblem.invalid(List.of(new FieldError(field, message)));
    }
}
