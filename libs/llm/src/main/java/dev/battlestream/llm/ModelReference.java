package dev.battlestream.llm;

/**
 * Names a model and who serves it, written {@code provider:name}, for example {@code
 * openai:gpt-4o-mini} or {@code scripted:goal-at-4}.
 *
 * @param provider the name of a configured provider, without a colon
 * @param name the provider's own name of the model; may contain colons
 */
public record ModelReference(String provider, String name) {

    private static final int MAX_LENGTH = 200;

    public ModelReference {
        if (!isToken(provider) || provider.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "A model's provider is one word without a colon or quotes, such as openai");
        }
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "A model's name is one word without quotes, such as gpt-4o-mini");
        }
    }

    /**
     * Reads {@code provider:name}; only the first colon divides.
     *
     * @throws IllegalArgumentException with a message fit for a caller, if the text is no such pair
     */
    public static ModelReference parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "A model is written provider:name, for example openai:gpt-4o-mini, but this is "
                            + quoted(text));
        }
        return new ModelReference(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return provider + ":" + name;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    private static String quoted(String text) {
        String start = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return '"' + start.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
