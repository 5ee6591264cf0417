package dev.battlestream.judge.validation;

import dev.battlestream.policy.JsonPath;
import dev.battlestream.policy.JsonPath.Segment;
import dev.battlestream.policy.JsonPath.Selector;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a path selects in a document. */
sealed interface Selection {

    /** In the order of the document; by way of descendants one may come twice. */
    record Values(List<JsonNode> values) implements Selection {

        public Values {
            values = List.copyOf(values);
        }
    }

    /** The path leads past more values than anybody wants to look at. */
    record TooMany() implements Selection {}

    /** Values that are visited on the way, all segments together. */
    int MAX_VISITED = 100_000;

    static Selection of(JsonPath path, JsonNode document) {
        Walk walk = new Walk();
        List<JsonNode> values = List.of(document);
        for (Segment segment : path.segments()) {
            values = walk.step(segment, values);
            if (walk.left < 0) {
                return new TooMany();
            }
        }
        return new Values(values);
    }

    /** Counts what it visits and stops at the bound. */
    final class Walk {

        private int left = MAX_VISITED;

        private List<JsonNode> step(Segment segment, List<JsonNode> from) {
            List<JsonNode> selected = new ArrayList<>();
            for (JsonNode value : from) {
                if (segment.descendants()) {
                    descend(segment.selector(), value, selected);
                } else {
                    select(segment.selector(), value, selected);
                }
            }
            return selected;
        }

        /** Recursion is bounded by the depth of a document. */
        private void descend(Selector selector, JsonNode value, List<JsonNode> selected) {
            select(selector, value, selected);
            for (JsonNode child : value) {
                if (left < 0) {
                    return;
                }
                descend(selector, child, selected);
            }
        }

        private void select(Selector selector, JsonNode value, List<JsonNode> selected) {
            left--;
            switch (selector) {
                case Selector.Name(String name) -> {
                    if (value.isObject() && value.has(name)) {
                        selected.add(value.path(name));
                    }
                }
                case Selector.Index(int index) -> {
                    int at = index < 0 ? value.size() + index : index;
                    if (value.isArray() && value.has(at)) {
                        selected.add(value.path(at));
                    }
                }
                case Selector.Wildcard _ -> {
                    left -= value.size();
                    if (left >= 0) {
                        value.forEach(selected::add);
                    }
                }
            }
        }
    }
}
