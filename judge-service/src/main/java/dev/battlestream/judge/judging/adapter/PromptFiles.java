package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.PromptTemplate;
import dev.battlestream.judge.judging.Prompts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The prompts that this release asks with: {@code prompts/<name>/<version>.txt} on the class path.
 * A verdict names the versions it came from, so a released text never changes; another text is
 * another version, and its number is put in here.
 */
final class PromptFiles {

    static final String FAST = "fast/1";
    static final String STRONG = "strong/1";
    static final String REPAIR = "repair/1";

    private PromptFiles() {}

    static Prompts prompts() {
        return new Prompts(template(FAST), template(STRONG), template(REPAIR));
    }

    private static PromptTemplate template(String version) {
        String file = "/prompts/" + version + ".txt";
        try (InputStream in = PromptFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing in the program: " + file);
            }
            return PromptTemplate.parse(
                    version, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
