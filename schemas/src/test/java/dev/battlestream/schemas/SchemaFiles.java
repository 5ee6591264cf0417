package dev.battlestream.schemas;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The schema files in the sources: {@code released/<version>} never changes again, {@code pending}
 * holds what the next version changes.
 */
record SchemaFiles(Path folder) {

    private static final String UNIX_LINE = "\n";

    static SchemaFiles inSources() {
        return new SchemaFiles(Path.of("src/main/resources/schemas"));
    }

    /** The schema as other languages use it: complete, with its documentation, nothing of Java. */
    static String text(Schema schema) {
        ObjectMapper json = new ObjectMapper();
        DefaultIndenter indenter = new DefaultIndenter("  ", UNIX_LINE);
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter()
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter)
                        .withSeparators(
                                Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        try {
            JsonNode neutral = json.readTree(NeutralSchema.of(schema).toString());
            return json.writer(printer).writeValueAsString(neutral) + UNIX_LINE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path released(String version, Topic<?> topic) {
        return folder.resolve("released").resolve(version).resolve(topic.subject() + ".avsc");
    }

    Path pending(Topic<?> topic) {
        return folder.resolve("pending").resolve(topic.subject() + ".avsc");
    }

    /** The released versions, oldest first; empty before the first one. */
    List<String> versions() throws IOException {
        return Files.exists(versionsFile()) ? Files.readAllLines(versionsFile()) : List.of();
    }

    /** The file that the current schema of a topic has to be equal to. */
    Path newest(Topic<?> topic) throws IOException {
        return Files.exists(pending(topic))
                ? pending(topic)
                : released(versions().getLast(), topic);
    }

    List<String> releaseFolders() throws IOException {
        try (Stream<Path> folders = Files.list(folder.resolve("released"))) {
            return folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    /** Writes down what differs from the newest release, and drops what no longer does. */
    void writePending(List<Topic<?>> topics) throws IOException {
        for (Topic<?> topic : topics) {
            if (isReleasedAsItIs(topic)) {
                Files.deleteIfExists(pending(topic));
            } else {
                write(pending(topic), text(topic.schema()));
            }
        }
    }

    /**
     * Writes down a release: the schemas of all topics as they are now.
     *
     * @throws IllegalStateException if the version is released already
     */
    void writeRelease(String version, List<Topic<?>> topics) throws IOException {
        List<String> all = new ArrayList<>(versions());
        if (all.contains(version)) {
            throw new IllegalStateException(version + " is released and never changes again");
        }
        for (Topic<?> topic : topics) {
            write(released(version, topic), text(topic.schema()));
            Files.deleteIfExists(pending(topic));
        }
        all.add(version);
        write(versionsFile(), String.join(UNIX_LINE, all) + UNIX_LINE);
    }

    private boolean isReleasedAsItIs(Topic<?> topic) throws IOException {
        List<String> versions = versions();
        if (versions.isEmpty() || !Files.exists(released(versions.getLast(), topic))) {
            return false;
        }
        return Files.readString(released(versions.getLast(), topic)).equals(text(topic.schema()));
    }

    private Path versionsFile() {
        return folder.resolve("released").resolve("versions");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
