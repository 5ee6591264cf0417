package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The gateway's HTTP API as any client calls it. */
final class Gateway implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    Gateway(ServiceProcess service) {
        url = service.url();
    }

    /** Asks for a battle; its id. */
    String start(JsonNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/battles/start"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body.toString()))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("battleId").asText();
    }

    /** What the gateway says of a battle. */
    JsonNode status(String battleId) throws IOException, InterruptedException {
        return JSON.readTree(get("/api/battles/" + battleId));
    }

    /** The body of a good answer. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url + path)).build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
