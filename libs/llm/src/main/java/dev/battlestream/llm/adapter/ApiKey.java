package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ProviderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the key of a provider. */
final class ApiKey {

    private static final int LONGEST_FILE = 16 * 1024;

    private ApiKey() {}

    /**
     * Null if there is none.
     *
     * @throws IllegalArgumentException if the file that should hold it does not; never with a part
     *     of what is in it
     */
    static @Nullable String of(ProviderSettings settings) {
        Path file = settings.apiKeyFile();
        return file == null ? settings.apiKey() : read(file);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) <= LONGEST_FILE) {
                String key = Files.readString(file).strip();
                if (ProviderSettings.isKey(key)) {
                    return key;
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "providers.*.api-key-file must be a file that can be read, but "
                            + file
                            + " is not",
                    e);
        }
        throw new IllegalArgumentException(
                "providers.*.api-key-file must hold one key and nothing else, but "
                        + file
                        + " does not");
    }
}
