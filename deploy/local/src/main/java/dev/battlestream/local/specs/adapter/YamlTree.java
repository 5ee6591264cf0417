package dev.battlestream.local.specs.adapter;

import dev.battlestream.local.specs.FieldPath;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML document as the JSON it stands for, with the line of each value.
 *
 * <p>Only what JSON has is there: no type is ever looked up or constructed, a name is a text, and
 * what YAML 1.1 takes for a number or a boolean and JSON does not ({@code 0x10}, {@code 1:30},
 * {@code no}, a date) is a text. Aliases are written out, up to a bound on all values together.
 *
 * @param lines from 1, by the place of the value
 */
record YamlTree(JsonNode root, Map<FieldPath, Integer> lines) {

    private static final int MAX_VALUES = 10_000;
    private static final int MAX_DEPTH = 40;

    /** Whoever writes longer numbers gets a text, which the schema refuses where it is none. */
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,39})");

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,2})?");

    /** The document breaks a rule of YAML, or one of ours on top. */
    static final class WrongException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final transient FieldPath field;
        private final String what;

        WrongException(int line, FieldPath field, String what) {
            super(what);
            this.line = line;
            this.field = field;
            this.what = what;
        }

        int line() {
            return line;
        }

        FieldPath field() {
            return field;
        }

        String what() {
            return what;
        }
    }

    YamlTree {
        lines = Map.copyOf(lines);
    }

    static YamlTree of(String text) throws WrongException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SpecFile.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new WrongException(
                    mark == null ? 1 : mark.getLine() + 1,
                    FieldPath.ROOT,
                    "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new WrongException(1, FieldPath.ROOT, "is no YAML: " + what);
        }
        Reading reading = new Reading();
        return new YamlTree(reading.value(root, FieldPath.ROOT), reading.lines);
    }

    private static final class Reading {
        private final Map<FieldPath, Integer> lines = new HashMap<>();

        JsonNode value(@Nullable Node node, FieldPath at) throws WrongException {
            if (node == null) {
                throw new WrongException(1, at, "holds nothing");
            }
            lines.putIfAbsent(at, line(node));
            if (lines.size() > MAX_VALUES) {
                throw new WrongException(line(node), at, "holds too many values");
            }
            if (at.steps().size() > MAX_DEPTH) {
                throw new WrongException(line(node), at, "is nested too deeply");
            }
            return switch (node) {
                case MappingNode mapping when mapping.getTag().equals(Tag.MAP) ->
                        object(mapping, at);
                case SequenceNode sequence when sequence.getTag().equals(Tag.SEQ) ->
                        array(sequence, at);
                case ScalarNode scalar -> scalar(scalar, at);
                default -> throw unknownType(node, at);
            };
        }

        private ObjectNode object(MappingNode mapping, FieldPath at) throws WrongException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple field : mapping.getValue()) {
                if (!(field.getKeyNode() instanceof ScalarNode key)
                        || key.getTag().equals(Tag.MERGE)) {
                    throw new WrongException(
                            line(field.getKeyNode()), at, "has a field whose name is no text");
                }
                String name = key.getValue();
                FieldPath place = at.child(name);
                if (object.has(name)) {
                    throw new WrongException(line(key), place, "is given twice");
                }
                lines.put(place, line(key));
                object.set(name, value(field.getValueNode(), place));
            }
            return object;
        }

        private ArrayNode array(SequenceNode sequence, FieldPath at) throws WrongException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(value(element, at.child(array.size())));
            }
            return array;
        }

        private static JsonNode scalar(ScalarNode scalar, FieldPath at) throws WrongException {
            JsonNodeFactory json = JsonNodeFactory.instance;
            String text = scalar.getValue();
            Tag tag = scalar.getTag();
            if (tag.equals(Tag.NULL)) {
                return json.nullNode();
            }
            if (tag.equals(Tag.BOOL)) {
                return switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> json.booleanNode(true);
                    case "false" -> json.booleanNode(false);
                    default -> json.stringNode(text);
                };
            }
            if (tag.equals(Tag.INT)) {
                return WHOLE.matcher(text).matches() ? whole(text) : json.stringNode(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return DECIMAL.matcher(text).matches()
                        ? json.numberNode(new BigDecimal(text))
                        : json.stringNode(text);
            }
            if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
                return json.stringNode(text);
            }
            throw unknownType(scalar, at);
        }

        private static JsonNode whole(String text) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < Integer.SIZE
                    ? JsonNodeFactory.instance.numberNode(number.intValue())
                    : JsonNodeFactory.instance.numberNode(number);
        }

        private static WrongException unknownType(Node node, FieldPath at) {
            return new WrongException(
                    line(node), at, "has the type %s, which is not read".formatted(node.getTag()));
        }

        private static int line(Node node) {
            return node.getStartMark().getLine() + 1;
        }
    }
}
