package dev.battlestream.local.specs.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.battlestream.local.specs.FieldPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to play, as a file in YAML; JSON is YAML as well. Its fields are those of the body of the
 * request that it stands for.
 */
public final class SpecFile {

    /** The largest file that is read. */
    public static final int MAX_BYTES = 256 * 1024;

    private SpecFile() {}

    /**
     * The body of {@code POST /api/battles/start}.
     *
     * @throws IllegalArgumentException if it is none; the message has all that is wrong, each on a
     *     line with the file, the line and the field
     */
    public static ObjectNode battle(Path file) {
        return read(file, SpecSchema.BATTLE);
    }

    /**
     * The body of {@code POST /api/scale/start}.
     *
     * @throws IllegalArgumentException as above
     */
    public static ObjectNode run(Path file) {
        return read(file, SpecSchema.SCALE_RUN);
    }

    private static ObjectNode read(Path file, SpecSchema schema) {
        YamlTree tree;
        try {
            tree = YamlTree.of(text(file));
        } catch (YamlTree.WrongException e) {
            throw new IllegalArgumentException(line(file, e.line(), e.field(), e.what()), e);
        }
        String broken =
                schema.broken(tree.root()).stream()
                        .sorted(
                                Comparator.comparingInt((SpecSchema.Broken rule) ->
                                                lineOf(rule.field(), tree.lines()))
                                        .thenComparing(rule -> rule.field().toString()))
                        .map(rule ->
                                line(
                                        file,
                                        lineOf(rule.field(), tree.lines()),
                                        rule.field(),
                                        rule.rule()))
                        .collect(Collectors.joining("\n"));
        JsonNode root = tree.root();
        if (broken.isEmpty() && root instanceof ObjectNode body) {
            return body;
        }
        throw new IllegalArgumentException(broken);
    }

    /** Of a field that is missing, the line of what it is missing in. */
    private static int lineOf(FieldPath field, Map<FieldPath, Integer> lines) {
        Integer line = lines.get(field);
        return line == null ? lineOf(field.parent(), lines) : line;
    }

    private static String line(Path file, int line, FieldPath field, String what) {
        String name = field.toString();
        return "%s:%d: %s%s".formatted(file, line, name.isEmpty() ? "" : name + ": ", what);
    }

    private static String text(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "%s is larger than %d KiB".formatted(file, MAX_BYTES / 1024));
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no text in UTF-8", e);
        }
    }
}
