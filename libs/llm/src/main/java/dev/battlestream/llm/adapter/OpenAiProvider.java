package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Tokens;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any server that speaks OpenAI's chat completions. Every call streams, on the calling thread, and
 * asks for its usage at the end of the stream.
 *
 * <p>A token limit is sent as {@code max_tokens}, which every compatible server understands; only
 * OpenAI's own service gets {@code max_completion_tokens}, because its reasoning models refuse the
 * older name while some other servers ignore the newer one.
 */
final class OpenAiProvider implements ChatProvider {

    private static final String OPENAI_HOST = "api.openai.com";

    private final OpenAiStreamingChatModel model;
    private final boolean keyMissing;
    private final boolean openAi;

    /**
     * @param callTimeout the longest a reply may take
     */
    OpenAiProvider(ProviderSettings settings, Duration callTimeout) {
        this.openAi = OPENAI_HOST.equals(settings.baseUrl().getHost());
        this.keyMissing = openAi && settings.apiKey() == null;
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder =
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(new StreamingHttpClient.Builder(settings, callTimeout))
                        .baseUrl(settings.baseUrl().toString())
                        .customHeaders(settings.headers());
        String apiKey = settings.apiKey();
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        this.model = builder.build();
    }

    /** Names are not looked up in advance: a model the server does not have answers so itself. */
    @Override
    public boolean knows(String name) {
        return true;
    }

    @Override
    public ProviderReply chat(ChatRequest request, int attempt, ChatListener listener)
            throws ModelException, InterruptedException {
        ModelReference asked = request.model();
        if (keyMissing) {
            throw failure(Kind.AUTH, asked + " needs an API key and none is set", 0);
        }
        if (request.messages().stream().anyMatch(m -> m.content().isBlank())) {
            throw failure(Kind.BAD_REQUEST, asked + " is not sent blank messages", 0);
        }
        ReplyCollector collector = new ReplyCollector(listener);
        try {
            model.chat(translated(request), collector);
        } catch (StreamingHttpClient.Failed e) {
            collector.rethrowListenerFailure();
            throw e.toModelException(asked);
        } catch (StreamingHttpClient.Interrupted e) {
            throw e.toInterruptedException();
        }
        collector.rethrowListenerFailure();
        if (collector.tooLong()) {
            throw failure(
                    Kind.GARBAGE,
                    asked + " sent more than %d characters".formatted(ReplyCollector.LONGEST),
                    1);
        }
        ChatResponse response = collector.response();
        if (response == null) {
            throw failure(Kind.GARBAGE, asked + " sent a stream that cannot be read", 1);
        }
        return reply(asked, response);
    }

    private dev.langchain4j.model.chat.request.ChatRequest translated(ChatRequest request) {
        OpenAiChatRequestParameters.Builder parameters =
                OpenAiChatRequestParameters.builder().modelName(request.model().name());
        Double temperature = request.temperature();
        if (temperature != null) {
            parameters.temperature(temperature);
        }
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null && openAi) {
            parameters.maxCompletionTokens(maxTokens);
        } else if (maxTokens != null) {
            parameters.maxOutputTokens(maxTokens);
        }
        List<dev.langchain4j.data.message.ChatMessage> messages =
                request.messages().stream().map(OpenAiProvider::translated).toList();
        return dev.langchain4j.model.chat.request.ChatRequest.builder()
                .messages(messages)
                .parameters(parameters.build())
                .build();
    }

    private static dev.langchain4j.data.message.ChatMessage translated(ChatMessage message) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.content());
            case USER -> UserMessage.from(message.content());
            case ASSISTANT -> AiMessage.from(message.content());
        };
    }

    private static ProviderReply reply(ModelReference asked, ChatResponse response)
            throws ModelException {
        dev.langchain4j.model.output.FinishReason finish = response.finishReason();
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw switch (finish) {
                case CONTENT_FILTER ->
                        failure(Kind.REFUSED, asked + " refused by its content rules", 1);
                case LENGTH ->
                        failure(
                                Kind.BAD_REQUEST,
                                asked + " used its token limit up before it said anything",
                                1);
                case null, default -> failure(Kind.GARBAGE, asked + " sent an empty reply", 1);
            };
        }
        String name = response.modelName();
        TokenUsage usage = response.tokenUsage();
        return new ProviderReply(
                text,
                name == null || name.isBlank() ? asked.name() : name,
                translated(finish),
                tokens(usage));
    }

    private static Tokens tokens(@Nullable TokenUsage usage) {
        if (usage == null) {
            return Tokens.UNKNOWN;
        }
        Integer cached =
                usage instanceof OpenAiTokenUsage own && own.inputTokensDetails() != null
                        ? own.inputTokensDetails().cachedTokens()
                        : null;
        return new Tokens(
                orZero(usage.inputTokenCount()),
                orZero(usage.outputTokenCount()),
                orZero(cached),
                0);
    }

    private static FinishReason translated(
            dev.langchain4j.model.output.@Nullable FinishReason finish) {
        return switch (finish) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case null, default -> FinishReason.OTHER;
        };
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static ModelException failure(Kind kind, String message, int calls) {
        ModelException failure = new ModelException(kind, message, null, calls, null);
        return calls == 0 ? failure : failure.asCharged();
    }
}
