package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.Cascade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PromptFilesTest {

    /**
     * SHA-256 of every version. A verdict names the version it came from, so the text of one that
     * stands here never changes: write another file with the next number, add it here, and name it
     * in {@link PromptFiles}.
     */
    private static final Map<String, String> PINNED =
            Map.of(
                    "fast/1",
                    "7a780b4fe84336c192c5ed351f7158873de1ad60d16d92e422bf1908bb14d7f2",
                    "repair/1",
                    "1edc4fa874bf575e855140b80baf503cb9422c73e1ecc4722442039b90598cb4",
                    "strong/1",
                    "fa6b4bca616172c52ce2c864b02b09d00df5ee29f8e8428f6e887245484fd334");

    @Test
    void everyVersionKeepsItsText() throws IOException {
        assertThat(hashes()).isEqualTo(new TreeMap<>(PINNED));
    }

    @Test
    void theNewestVersionIsAsked() {
        Map<String, Integer> newest =
                PINNED.keySet().stream()
                        .collect(
                                Collectors.toMap(
                                        version -> version.substring(0, version.indexOf('/')),
                                        version ->
                                                Integer.parseInt(
                                                        version.substring(
                                                                version.indexOf('/') + 1)),
                                        Math::max));

        assertThat(newest)
                .isEqualTo(
                        Stream.of(PromptFiles.FAST, PromptFiles.STRONG, PromptFiles.REPAIR)
                                .map(version -> version.split("/", -1))
                                .collect(
                                        Collectors.toMap(
                                                parts -> parts[0],
                                                parts -> Integer.parseInt(parts[1]))));
        assertThat(PromptFiles.prompts().fast().version()).isEqualTo(PromptFiles.FAST);
        assertThat(PromptFiles.prompts().strong().version()).isEqualTo(PromptFiles.STRONG);
        assertThat(PromptFiles.prompts().repair().version()).isEqualTo(PromptFiles.REPAIR);
    }

    @Test
    void theReasonOfAnUnusableAnswerIsPartOfTheContract() {
        assertThat(Cascade.INFORMATION_UNAVAILABLE).isEqualTo("information unavailable");
    }

    private static Map<String, String> hashes() throws IOException {
        Path folder = Path.of("src/main/resources/prompts");
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> hashes = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                assertThat(name).endsWith(".txt");
                hashes.put(
                        name.substring(0, name.length() - ".txt".length()),
                        hash(Files.readAllBytes(file)));
            }
            return hashes;
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
