package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ProviderSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one kind of provider, as its documentation shows them. */
enum Dialect {
    OPENAI {
        @Override
        ProviderSettings settings(URI url, @Nullable String key) {
            return ProviderSettings.openai(url, key);
        }

        @Override
        List<String> opening() {
            return List.of(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        }

        @Override
        String delta(String text) {
            return chunk("{\"content\":\"" + text + "\"}", "null");
        }

        @Override
        String thought(String text) {
            // Two names for one thing: vLLM's and llama.cpp's, and OpenRouter's and Ollama's.
            return chunk(
                    "{\"reasoning_content\":\"%s\",\"reasoning\":\"%s\",\"content\":null}"
                            .formatted(text, text),
                    "null");
        }

        @Override
        List<String> closing(String reason) {
            return List.of(
                    chunk("{}", "\"" + reason + "\""),
                    """
                    {"id":"1","model":"served-model","choices":[],\
                    "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
                    """,
                    "[DONE]");
        }

        @Override
        String error(String code, String message) {
            return """
            {"error": {"message": "%s", "param": null, "code": "%s"}}\
            """
                    .formatted(message, code);
        }

        @Override
        String whole(String text) {
            return """
            {"id":"1","object":"chat.completion","model":"served-model","choices":[{"index":0,\
            "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
            """
                    .formatted(text);
        }

        private String chunk(String delta, String finishReason) {
            return """
            {"id":"1","model":"served-model","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}\
            """
                    .formatted(delta, finishReason);
        }
    },
    ANTHROPIC {
        @Override
        ProviderSettings settings(URI url, @Nullable String key) {
            return ProviderSettings.anthropic(url, key);
        }

        @Override
        List<String> opening() {
            return List.of(
                    """
                    {"type":"message_start","message":{"id":"1","type":"message",\
                    "role":"assistant","model":"served-model","content":[],"stop_reason":null,\
                    "usage":{"input_tokens":11,"output_tokens":1}}}\
                    """,
                    """
                    {"type":"content_block_start","index":0,\
                    "content_block":{"type":"text","text":""}}\
                    """);
        }

        @Override
        String delta(String text) {
            return """
            {"type":"content_block_delta","index":0,\
            "delta":{"type":"text_delta","text":"%s"}}\
            """
                    .formatted(text);
        }

        @Override
        String thought(String text) {
            return """
            {"type":"content_block_delta","index":0,\
            "delta":{"type":"thinking_delta","thinking":"%s"}}\
            """
                    .formatted(text);
        }

        @Override
        List<String> closing(String reason) {
            String stop = STOP_REASONS.getOrDefault(reason, reason);
            return List.of(
                    "{\"type\":\"content_block_stop\",\"index\":0}",
                    """
                    {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
                    "usage":{"output_tokens":7}}\
                    """
                            .formatted(stop),
                    "{\"type\":\"message_stop\"}");
        }

        @Override
        String error(String code, String message) {
            return """
            {"type":"error","error":{"type":"%s","message":"%s"},"request_id":"req_1"}\
            """
                    .formatted(code, message);
        }

        @Override
        String whole(String text) {
            return """
            {"id":"1","type":"message","role":"assistant","model":"served-model",\
            "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn",\
            "usage":{"input_tokens":11,"output_tokens":7}}\
            """
                    .formatted(text);
        }
    };

    private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"([a-z_]+)\"");
    private static final Map<String, String> STOP_REASONS =
            Map.of("stop", "end_turn", "length", "max_tokens", "content_filter", "refusal");

    abstract ProviderSettings settings(URI url, @Nullable String key);

    /** The events before the first piece of a reply. */
    abstract List<String> opening();

    abstract String delta(String text);

    /** A piece of what the model thinks and does not say. */
    abstract String thought(String text);

    /** The events after the last piece, the usage among them. */
    abstract List<String> closing(String reason);

    /** The body of an error. */
    abstract String error(String code, String message);

    /** The body of a reply that is not streamed. */
    abstract String whole(String text);

    /** The line that names an event, where there is one. */
    String named(String data) {
        Matcher type = TYPE.matcher(data);
        return this == ANTHROPIC && type.find() ? "event: " + type.group(1) + "\n" : "";
    }
}
