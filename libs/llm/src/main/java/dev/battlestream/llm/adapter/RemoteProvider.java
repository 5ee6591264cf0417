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
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked over HTTP. Every call is made on the calling thread, as a stream unless
 * the settings say otherwise; what the model thinks instead of says is dropped on arrival.
 */
final class RemoteProvider implements ChatProvider {

    /** Null without the key that the server is known to want. */
    private final @Nullable Wire wire;

    private final boolean stream;

    private RemoteProvider(@Nullable Wire wire, boolean stream) {
        this.wire = wire;
        this.stream = stream;
    }

    /**
     * @param callTimeout the longest a reply may take
     */
    static RemoteProvider openAi(ProviderSettings settings, Duration callTimeout) {
        String apiKey = ApiKey.of(settings);
        boolean keyMissing = apiKey == null && isHome(settings);
        return new RemoteProvider(
                keyMissing
                        ? null
                        : OpenAiWire.of(
                                settings,
                                new StreamingHttpClient.Builder(
                                        settings, WireFormat.OPENAI, callTimeout),
                                apiKey),
                settings.stream());
    }

    /**
     * @param callTimeout the longest a reply may take
     */
    static RemoteProvider anthropic(ProviderSettings settings, Duration callTimeout) {
        String apiKey = ApiKey.of(settings);
        return new RemoteProvider(
                apiKey == null
                        ? null
                        : AnthropicWire.of(
                                settings,
                                new StreamingHttpClient.Builder(
                                        settings, WireFormat.ANTHROPIC, callTimeout),
                                apiKey),
                settings.stream());
    }

    /** Whether this is the service of the company that the kind is named after. */
    static boolean isHome(ProviderSettings settings) {
        return settings.kind().home().getHost().equals(settings.baseUrl().getHost());
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
        Wire known = wire;
        if (known == null) {
            throw new ModelException(
                    Kind.AUTH, asked + " needs an API key and none is set", null, 0, null);
        }
        if (request.messages().stream().anyMatch(m -> m.content().isBlank())) {
            throw new ModelException(
                    Kind.BAD_REQUEST, asked + " is not sent blank messages", null, 0, null);
        }
        ReplyCollector collector = new ReplyCollector(listener);
        exchange(known, request, collector);
        collector.rethrowListenerFailure();
        if (collector.tooLong()) {
            throw failure(
                    Kind.GARBAGE,
                    asked + " sent more than %d characters".formatted(ReplyCollector.LONGEST));
        }
        ChatResponse response = collector.response();
        if (response == null) {
            throw failure(Kind.GARBAGE, asked + " sent a reply that cannot be read");
        }
        return reply(known, asked, response, collector.text());
    }

    private void exchange(Wire known, ChatRequest request, ReplyCollector collector)
            throws ModelException, InterruptedException {
        try {
            dev.langchain4j.model.chat.request.ChatRequest translated =
                    dev.langchain4j.model.chat.request.ChatRequest.builder()
                            .messages(translated(request.messages()))
                            .parameters(known.parameters(request))
                            .build();
            if (stream) {
                known.streaming().chat(translated, collector);
            } else {
                collector.whole(known.whole().chat(translated));
            }
        } catch (RuntimeException e) {
            collector.rethrowListenerFailure();
            throw explained(e, request.model());
        }
    }

    /** LangChain4j may have wrapped what the client threw; whatever else it throws may quote. */
    private static ModelException explained(RuntimeException thrown, ModelReference asked)
            throws InterruptedException {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamingHttpClient.Failed failed) {
                return failed.toModelException(asked);
            }
            if (cause instanceof StreamingHttpClient.Interrupted interrupted) {
                throw interrupted.toInterruptedException();
            }
        }
        return failure(Kind.GARBAGE, asked + " sent a reply that cannot be read");
    }

    private static List<dev.langchain4j.data.message.ChatMessage> translated(
            List<ChatMessage> messages) {
        return messages.stream().map(RemoteProvider::translated).toList();
    }

    private static dev.langchain4j.data.message.ChatMessage translated(ChatMessage message) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.content());
            case USER -> UserMessage.from(message.content());
            case ASSISTANT -> AiMessage.from(message.content());
        };
    }

    private static ProviderReply reply(
            Wire wire, ModelReference asked, ChatResponse response, String text)
            throws ModelException {
        dev.langchain4j.model.output.FinishReason finish = response.finishReason();
        if (text.isBlank()) {
            throw switch (finish) {
                case CONTENT_FILTER ->
                        failure(Kind.REFUSED, asked + " refused by its content rules");
                case LENGTH ->
                        failure(
                                Kind.BAD_REQUEST,
                                asked + " used its token limit up before it said anything");
                case null, default -> failure(Kind.GARBAGE, asked + " sent an empty reply");
            };
        }
        String name = response.modelName();
        TokenUsage usage = response.tokenUsage();
        return new ProviderReply(
                text,
                name == null || name.isBlank() ? asked.name() : name,
                translated(finish),
                usage == null ? Tokens.UNKNOWN : wire.tokens(usage, response.metadata()));
    }

    private static FinishReason translated(
            dev.langchain4j.model.output.@Nullable FinishReason finish) {
        return switch (finish) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case null, default -> FinishReason.OTHER;
        };
    }

    /** Of an attempt that was answered. */
    private static ModelException failure(Kind kind, String message) {
        return new ModelException(kind, message, null, 1, null).asCharged();
    }
}
