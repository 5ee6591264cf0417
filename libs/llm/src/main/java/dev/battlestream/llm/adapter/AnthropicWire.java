package dev.battlestream.llm.adapter;

import static java.util.Objects.requireNonNullElse;

import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Tokens;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatResponseMetadata;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.regex.Pattern;

/**
 * A server that speaks Anthropic's messages.
 *
 * <p>It wants a bound on the reply with every request: {@value #MAX_TOKENS} tokens where a request
 * names none. Its temperatures end at 1: what is above is sent as 1.
 */
record AnthropicWire(StreamingChatModel streaming, ChatModel whole) implements Wire {

    static final int MAX_TOKENS = 4096;

    private static final Pattern OUTPUT_TOKENS = Pattern.compile("\"output_tokens\"\\s*:\\s*\\d");

    static AnthropicWire of(ProviderSettings settings, HttpClientBuilder client, String apiKey) {
        return new AnthropicWire(
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(settings.baseUrl().toString())
                        .customHeaders(settings.headers())
                        .apiKey(apiKey)
                        .build(),
                AnthropicChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(settings.baseUrl().toString())
                        .customHeaders(settings.headers())
                        .apiKey(apiKey)
                        .maxRetries(0)
                        .build());
    }

    @Override
    public ChatRequestParameters parameters(ChatRequest request) {
        Double temperature = request.temperature();
        DefaultChatRequestParameters.Builder<?> parameters =
                DefaultChatRequestParameters.builder()
                        .modelName(request.model().name())
                        .maxOutputTokens(requireNonNullElse(request.maxTokens(), MAX_TOKENS));
        if (temperature != null) {
            parameters.temperature(Math.min(temperature, 1.0));
        }
        return parameters.build();
    }

    /** Tokens of the cache are counted beside those of the request; here they are part of them. */
    @Override
    public Tokens tokens(TokenUsage usage, ChatResponseMetadata metadata) {
        int read = 0;
        int written = 0;
        if (usage instanceof AnthropicTokenUsage own) {
            read = requireNonNullElse(own.cacheReadInputTokens(), 0);
            written = requireNonNullElse(own.cacheCreationInputTokens(), 0);
        }
        return new Tokens(
                requireNonNullElse(usage.inputTokenCount(), 0) + read + written,
                countsReply(metadata) ? requireNonNullElse(usage.outputTokenCount(), 0) : 0,
                read,
                written);
    }

    /**
     * Whether the tokens of the reply were told after it: a stream names some at its beginning too,
     * before there are any to count, and LangChain4j takes those if no others come.
     */
    private static boolean countsReply(ChatResponseMetadata metadata) {
        return !(metadata instanceof AnthropicChatResponseMetadata own)
                || own.rawServerSentEvents().isEmpty()
                || own.rawServerSentEvents().stream()
                        .filter(event -> "message_delta".equals(event.event()))
                        .anyMatch(event -> OUTPUT_TOKENS.matcher(event.data()).find());
    }
}
