package dev.battlestream.gateway.document.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of starts that the document shows, from files. A test sends each of them. */
final class StartExamples {

    private static final List<String> NAMES =
            List.of("smallest", "support-bot", "against-an-opponent");

    private static final JsonMapper JSON = JsonMapper.shared();

    private StartExamples() {}

    /** The bodies by name, as maps and lists. */
    static Map<String, Object> all() {
        Map<String, Object> examples = new LinkedHashMap<>();
        for (String name : NAMES) {
            String file = "/openapi/start/" + name + ".json";
            try (InputStream in = StartExamples.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("missing in the program: " + file);
                }
                examples.put(name, JSON.readValue(in, Object.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return examples;
    }
}
