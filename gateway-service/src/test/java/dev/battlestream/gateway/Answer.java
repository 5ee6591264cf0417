package dev.battlestream.gateway;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What was answered, however it was asked.
 *
 * @param headers by name, whose case does not matter
 */
record Answer(int status, Map<String, List<String>> headers, String body) {

    Answer {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** Of the bytes that {@link RawHttp} read. */
    static Answer parsed(String raw) {
        String[] parts = raw.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n", -1);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0], List.of(header[1].strip()));
        }
        return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, parts[1]);
    }

    /** The only value of a header; empty without one. */
    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    JsonNode json() {
        return RunningGateway.JSON.readTree(body);
    }
}
