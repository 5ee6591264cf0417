package dev.battlestream.judge.judging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A versioned text for a model, in named sections. A section begins behind a line {@code == name}
 * and may hold one place for a text, written {@code {name}}.
 *
 * @param version name and number, for example {@code fast/1}
 */
public record PromptTemplate(String version, Map<String, String> sections) {

    private static final String TITLE = "== ";

    public PromptTemplate {
        sections = Map.copyOf(sections);
    }

    /**
     * Reads the text of a version.
     *
     * @throws IllegalArgumentException if something stands before the first section
     */
    public static PromptTemplate parse(String version, String text) {
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        StringBuilder current = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith(TITLE)) {
                current = new StringBuilder();
                sections.put(line.substring(TITLE.length()).strip(), current);
            } else if (current == null) {
                throw new IllegalArgumentException(
                        "The prompt %s does not begin with a section".formatted(version));
            } else {
                current.append(line).append('\n');
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        sections.forEach((name, section) -> texts.put(name, section.toString()));
        return new PromptTemplate(version, texts);
    }

    /** A section without a place. */
    String section(String name) {
        String section = sections.get(name);
        if (section == null) {
            throw new IllegalStateException(
                    "The prompt %s has no section %s".formatted(version, name));
        }
        return section;
    }

    /** A section with a text in the place of its own name, or of another. */
    String section(String name, String place, String text) {
        return section(name).replace("{" + place + "}", text);
    }
}
