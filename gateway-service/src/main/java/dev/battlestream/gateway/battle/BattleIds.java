package dev.battlestream.gateway.battle;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How battle ids are written. */
public final class BattleIds {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private BattleIds() {}

    /** Reads an id in its canonical form of 36 characters, the only one that is known here. */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
