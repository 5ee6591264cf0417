package dev.battlestream.llm.adapter;

import static java.util.Objects.requireNonNullElse;

import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Tokens;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Any server that speaks OpenAI's chat completions; a stream is asked for its usage at the end.
 *
 * <p>A token limit is sent as {@code max_tokens}, which every compatible server understands; only
 * OpenAI's own service gets {@code max_completion_tokens}, because its reasoning models refuse the
 * older name while some other servers ignore the newer one.
 */
record OpenAiWire(StreamingChatModel streaming, ChatModel whole, boolean openAi) implements Wire {

    static OpenAiWire of(
            ProviderSettings settings, HttpClientBuilder client, @Nullable String apiKey) {
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder streaming =
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(settings.baseUrl().toString())
                        .customHeaders(settings.headers());
        OpenAiChatModel.OpenAiChatModelBuilder whole =
                OpenAiChatModel.builder()
                        .httpClientBuilder(client)
                        .baseUrl(settings.baseUrl().toString())
                        .customHeaders(settings.headers())
                        .maxRetries(0);
        if (apiKey != null) {
            streaming.apiKey(apiKey);
            whole.apiKey(apiKey);
        }
        return new OpenAiWire(streaming.build(), whole.build(), RemoteProvider.isHome(settings));
    }

    @Override
    public ChatRequestParameters parameters(ChatRequest request) {
        OpenAiChatRequestParameters.Builder parameters =
                OpenAiChatRequestParameters.builder().modelName(request.model().name());
        Double temperature = request.temperature();
        if (temperature != null) {
            parameters.temperature(temperature);
        }
        Long seed = request.seed();
        if (seed != null) {
            // The client library knows 32 bits.
            parameters.seed(Long.hashCode(seed));
        }
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null && openAi) {
            parameters.maxCompletionTokens(maxTokens);
        } else if (maxTokens != null) {
            parameters.maxOutputTokens(maxTokens);
        }
        return parameters.build();
    }

    /** Cached tokens are part of those of the request; writing to the cache is not told apart. */
    @Override
    public Tokens tokens(TokenUsage usage, ChatResponseMetadata metadata) {
        Integer cached =
                usage instanceof OpenAiTokenUsage own && own.inputTokensDetails() != null
                        ? own.inputTokensDetails().cachedTokens()
                        : null;
        return new Tokens(
                requireNonNullElse(usage.inputTokenCount(), 0),
                requireNonNullElse(usage.outputTokenCount(), 0),
                requireNonNullElse(cached, 0),
                0);
    }
}
