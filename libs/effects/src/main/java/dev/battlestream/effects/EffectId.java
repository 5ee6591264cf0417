package dev.battlestream.effects;

/**
 * The identity of one piece of slow work.
 *
 * @param key key of the aggregate that asked for it, which is also its Kafka key, e.g. a battle id
 * @param name what is asked for, unique within the aggregate for ever, e.g. {@code turn/4}
 */
public record EffectId(String key, String name) {

    private static final char SEPARATOR = '\n';

    /**
     * Refuses parts that would make the id ambiguous.
     *
     * @throws IllegalArgumentException if a part is empty or holds a line feed, which separates the
     *     two parts in the store
     */
    public EffectId {
        requirePart("key", key);
        requirePart("name", name);
    }

    String storeKey() {
        return key + SEPARATOR + name;
    }

    static EffectId ofStoreKey(String storeKey) {
        int cut = storeKey.indexOf(SEPARATOR);
        if (cut < 0) {
            throw new IllegalArgumentException("No effect id: '" + storeKey + "'");
        }
        return new EffectId(storeKey.substring(0, cut), storeKey.substring(cut + 1));
    }

    private static void requirePart(String part, String value) {
        if (value.isEmpty() || value.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException(
                    "An effect's " + part + " must be one non-empty line, not '" + value + "'");
        }
    }

    /** {@code key/name}, for logs. */
    @Override
    public String toString() {
        return key + '/' + name;
    }
}
