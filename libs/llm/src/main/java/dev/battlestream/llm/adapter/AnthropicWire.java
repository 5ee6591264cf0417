package dev.battlestream.llm.adapter;

import static java.util.Objects.requireNonNullElse;

import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Tokens;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.output.TokenUsage;

/**
 * A server that speaks Anthropic's messages.
 *
 * <p>It wants a bound on the reply with every request: {@value #MAX_TOKENS} tokens where a request
 * names none. Its temperatures end at 1: what is above is sent as 1.
 */
record AnthropicWire(StreamingChatModel streaming, ChatModel whole) implements Wire {

    static final int MAX_TOKENS = 4096;

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
    public Tokens tokens(TokenUsage usage) {
        int read = 0;
        int written = 0;
        if (usage instanceof AnthropicTokenUsage own) {
            read = requireNonNullElse(own.cacheReadInputTokens(), 0);
            written = requireNonNullElse(own.cacheCreationInputTokens(), 0);
        }
        return new Tokens(
                requireNonNullElse(usage.inputTokenCount(), 0) + read + written,
                requireNonNullElse(usage.outputTokenCount(), 0),
                read,
                written);
    }
}
