package dev.battlestream.gateway.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The pages that may call the gateway from a browser, by their origin. There are no wildcards: an
 * origin is a person's decision, and a page of anybody's on this machine is no friend either.
 *
 * @param allowed as a browser writes them: scheme, host and, unless it is the scheme's own, port
 */
public record Origins(Set<String> allowed) {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    public Origins {
        allowed = Set.copyOf(allowed);
    }

    /**
     * Reads what is configured.
     *
     * @throws IllegalArgumentException if one is no origin, such as one with a path
     */
    public static Origins parse(List<String> texts) {
        return new Origins(texts.stream().map(Origins::origin).collect(Collectors.toSet()));
    }

    private static String origin(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (!ORIGIN.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no origin, which is like https://app.example.com or".formatted(text)
                            + " http://localhost:3000, without a path and without wildcards");
        }
        return lower;
    }

    /** Whether a page of this origin may call. */
    public boolean allow(String origin) {
        return allowed.contains(origin);
    }
}
