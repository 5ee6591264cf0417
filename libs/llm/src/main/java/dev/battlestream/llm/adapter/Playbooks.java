package dev.battlestream.llm.adapter;

import dev.battlestream.llm.playbook.Playbook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds playbooks: those shipped, whose names are fixed, and those of a folder. */
final class Playbooks {

    /** Documentation, demo, tests and benchmarks use these names. */
    static final List<String> SHIPPED =
            List.of(
                    "goal-at-4",
                    "never",
                    "flaky",
                    "broken",
                    "slow",
                    "instant",
                    "judge",
                    "judge-slow",
                    "judge-stuck",
                    "unsure");

    private static final String RESOURCES = "/dev/battlestream/llm/playbooks/";
    private static final String SUFFIX = ".yaml";

    private Playbooks() {}

    /**
     * @param folder searched for {@code *.yaml}, not below; none if absent
     * @throws IllegalArgumentException if the folder or a playbook in it cannot be read, or takes a
     *     shipped name
     */
    static Map<String, Playbook> load(@Nullable Path folder) {
        Map<String, Playbook> playbooks = new TreeMap<>();
        SHIPPED.forEach(name -> playbooks.put(name, PlaybookYaml.read(name, shipped(name))));
        if (folder != null) {
            loadFolder(folder, playbooks);
        }
        return Map.copyOf(playbooks);
    }

    private static void loadFolder(Path folder, Map<String, Playbook> playbooks) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String fileName = String.valueOf(file.getFileName());
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                if (SHIPPED.contains(name)) {
                    throw new IllegalArgumentException(
                            "scripted.playbooks: %s is shipped and keeps its meaning, name yours otherwise"
                                    .formatted(name));
                }
                playbooks.put(name, PlaybookYaml.read(name, Files.readString(file)));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "scripted.playbooks must be a folder that can be read, but "
                            + folder
                            + " is not",
                    e);
        }
    }

    private static String shipped(String name) {
        try (InputStream in = Playbooks.class.getResourceAsStream(RESOURCES + name + SUFFIX)) {
            if (in == null) {
                throw new IllegalStateException("The shipped playbook " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
