package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.playbook.Latency;
import dev.battlestream.llm.playbook.Playbook;
import dev.battlestream.llm.playbook.Rule;
import dev.battlestream.llm.playbook.ScriptedFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a playbook from YAML; unknown keys are refused, so that a typing error is seen. */
final class PlaybookYaml {

    private static final int LARGEST = 1_000_000;

    private PlaybookYaml() {}

    /**
     * @throws IllegalArgumentException if the text is no playbook, with the playbook's name in the
     *     message
     */
    static Playbook read(String name, String text) {
        try {
            return playbook(name, new Section("a playbook", parse(text)));
        } catch (YAMLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The playbook %s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static @Nullable Object parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    private static Playbook playbook(String name, Section root) {
        root.allowOnly(
                Set.of(
                        "about",
                        "price",
                        "latencyMillis",
                        "streamed",
                        "failures",
                        "rules",
                        "replies",
                        "repeatFrom",
                        "length"));
        return new Playbook(
                name,
                root.text("about"),
                root.has("price") ? price(root.section("price")) : ModelPrice.FREE,
                root.has("latencyMillis") ? latency(root.section("latencyMillis")) : Latency.NONE,
                root.has("streamed") && root.flag("streamed"),
                root.sections("failures").stream().map(PlaybookYaml::failure).toList(),
                root.sections("rules").stream().map(PlaybookYaml::rule).toList(),
                root.texts("replies"),
                root.has("repeatFrom") ? root.number("repeatFrom") : 1,
                root.has("length") ? root.number("length") : null);
    }

    private static ModelPrice price(Section price) {
        price.allowOnly(Set.of("inputPerMillionUsd", "outputPerMillionUsd"));
        return ModelPrice.of(
                new BigDecimal(price.text("inputPerMillionUsd")),
                new BigDecimal(price.text("outputPerMillionUsd")));
    }

    private static Latency latency(Section latency) {
        latency.allowOnly(Set.of("mean", "spread"));
        return new Latency(
                Duration.ofMillis(latency.number("mean")),
                Duration.ofMillis(latency.number("spread")));
    }

    private static Rule rule(Section rule) {
        rule.allowOnly(Set.of("lastUserMessageContains", "reply"));
        return new Rule(rule.text("lastUserMessageContains"), rule.text("reply"));
    }

    private static ScriptedFailure failure(Section failure) {
        failure.allowOnly(
                Set.of("turn", "attempt", "kind", "detail", "afterDeltas", "retryAfterMillis"));
        return new ScriptedFailure(
                failure.has("turn") ? failure.number("turn") : null,
                failure.has("attempt") ? failure.number("attempt") : null,
                ModelException.Kind.valueOf(failure.text("kind")),
                failure.text("detail"),
                failure.has("afterDeltas") ? failure.number("afterDeltas") : 0,
                failure.has("retryAfterMillis")
                        ? Duration.ofMillis(failure.number("retryAfterMillis"))
                        : null);
    }

    /** A YAML mapping whose values are asked for by type. */
    private record Section(String title, Map<?, ?> values) {

        Section(String title, @Nullable Object yaml) {
            this(title, expect(title, Map.class, yaml));
        }

        void allowOnly(Set<String> keys) {
            for (Object key : values.keySet()) {
                if (!(key instanceof String) || !keys.contains(key)) {
                    throw new IllegalArgumentException(
                            "%s has no %s, only %s"
                                    .formatted(title, key, keys.stream().sorted().toList()));
                }
            }
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        String text(String key) {
            return expect(key, String.class, values.get(key));
        }

        int number(String key) {
            return expect(key, Integer.class, values.get(key));
        }

        boolean flag(String key) {
            return expect(key, Boolean.class, values.get(key));
        }

        Section section(String key) {
            return new Section(key, values.get(key));
        }

        List<Section> sections(String key) {
            return list(key).stream().map(item -> new Section(key, item)).toList();
        }

        List<String> texts(String key) {
            return list(key).stream().map(item -> expect(key, String.class, item)).toList();
        }

        private List<?> list(String key) {
            return has(key) ? expect(key, List.class, values.get(key)) : List.of();
        }

        private static <T> T expect(String title, Class<T> type, @Nullable Object value) {
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException(
                        "%s must be a %s".formatted(title, NAMES.getOrDefault(type, "value")));
            }
            return type.cast(value);
        }

        private static final Map<Class<?>, String> NAMES =
                Map.of(
                        Map.class, "mapping",
                        List.class, "list",
                        String.class, "text (in quotes, if it looks like a number)",
                        Integer.class, "whole number",
                        Boolean.class, "true or false");
    }
}
