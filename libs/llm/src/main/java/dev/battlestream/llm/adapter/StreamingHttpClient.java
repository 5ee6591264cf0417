package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.TimeoutSettings;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client under LangChain4j's port. It exists beside LangChain4j's own adapter
 * because that one reads on another thread, keeps no header of an error answer ({@code
 * Retry-After}), has no bound on silence within a stream or on its whole length, and cannot be
 * cancelled before the answer begins.
 *
 * <p>Here the whole exchange is made on the calling thread. It ends in one of four ways: the
 * listener was told of every event and of the close; {@link Failed}; {@link Interrupted}; or the
 * listener itself cancelled. In the last three the connection is closed.
 */
final class StreamingHttpClient implements HttpClient {

    private static final int LONGEST_ERROR = 16 * 1024;

    private final java.net.http.HttpClient client;
    private final WireFormat format;
    private final TimeoutSettings timeouts;
    private final Duration callTimeout;
    private final Clock clock;

    private StreamingHttpClient(
            ProviderSettings settings, WireFormat format, Duration callTimeout, Clock clock) {
        this.format = format;
        this.callTimeout = callTimeout;
        this.timeouts = settings.timeouts();
        this.clock = clock;
        this.client =
                java.net.http.HttpClient.newBuilder()
                        .connectTimeout(settings.timeouts().connect())
                        .version(
                                settings.httpVersion().equals("2")
                                        ? java.net.http.HttpClient.Version.HTTP_2
                                        : java.net.http.HttpClient.Version.HTTP_1_1)
                        // A redirect would carry the key to an address nobody configured.
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /** LangChain4j builds its client itself; the timeouts it suggests give way to the settings. */
    record Builder(ProviderSettings settings, WireFormat format, Duration callTimeout)
            implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return settings.timeouts().connect();
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration suggested) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return settings.timeouts().idle();
        }

        @Override
        public HttpClientBuilder readTimeout(Duration suggested) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new StreamingHttpClient(settings, format, callTimeout, Clock.systemUTC());
        }
    }

    /** The exchange failed; {@link #toModelException} says how, once the model is known. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ProviderFault fault;

        Failed(ProviderFault fault, @Nullable Throwable cause) {
            super(fault.what(), cause == null ? null : withoutWords(cause));
            this.fault = fault;
        }

        /** The JDK quotes what it cannot read: only the name of the exception is kept. */
        private static IOException withoutWords(Throwable cause) {
            IOException named = new IOException(cause.getClass().getName());
            named.setStackTrace(cause.getStackTrace());
            return named;
        }

        ModelException toModelException(ModelReference model) {
            return fault.toModelException(model, getCause());
        }
    }

    /** The calling thread was interrupted; LangChain4j's port has no checked exceptions. */
    static final class Interrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InterruptedException toInterruptedException() {
            return new InterruptedException("The call was cancelled");
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        IdleBoundedBody body = new IdleBoundedBody(timeouts, callTimeout);
        try (body) {
            HttpResponse<IdleBoundedBody> response = send(request, body);
            String text = wholeText(body);
            if (format.refuses(text)) {
                throw new Failed(EventWatch.REFUSAL, null);
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(text)
                    .build();
        }
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        IdleBoundedBody body = new IdleBoundedBody(timeouts, callTimeout);
        try (body) {
            HttpResponse<IdleBoundedBody> response = send(request, body);
            listener.onOpen(
                    SuccessfulHttpResponse.builder()
                            .statusCode(response.statusCode())
                            .headers(response.headers().map())
                            .build());
            EventWatch watch = new EventWatch(listener, format, body);
            parser.parse(body, watch);
            watch.end();
            listener.onClose();
        }
    }

    private static String wholeText(IdleBoundedBody body) {
        try {
            body.replyBegan();
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (InterruptedIOException _) {
            throw new Interrupted();
        } catch (HttpTimeoutException e) {
            throw new Failed(
                    ProviderFault.of(Kind.TIMEOUT, "stopped in the middle: " + e.getMessage()),
                    null);
        } catch (IdleBoundedBody.TooLong _) {
            throw new Failed(EventWatch.TOO_LONG, null);
        } catch (IOException e) {
            throw new Failed(ProviderFault.of(Kind.NETWORK, "was cut off in the middle"), e);
        }
    }

    private RuntimeException failed(HttpResponse<IdleBoundedBody> response, IdleBoundedBody body) {
        String text = body.readText(LONGEST_ERROR);
        return body.failure() instanceof InterruptedIOException
                ? new Interrupted()
                : new Failed(
                        ProviderFault.ofStatus(
                                response.statusCode(), text, response.headers(), clock.instant()),
                        null);
    }

    /** Waits for the head of the answer, which is none of an error. */
    private HttpResponse<IdleBoundedBody> send(HttpRequest request, IdleBoundedBody body) {
        HttpResponse<IdleBoundedBody> response = exchange(request, body);
        if (response.statusCode() < 200 || response.statusCode() > 299) {
            throw failed(response, body);
        }
        return response;
    }

    private HttpResponse<IdleBoundedBody> exchange(HttpRequest request, IdleBoundedBody body) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                        .POST(BodyPublishers.ofString(request.body()));
        request.headers()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        CompletableFuture<HttpResponse<IdleBoundedBody>> answer =
                client.sendAsync(builder.build(), _ -> body);
        try {
            return answer.get(body.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            answer.cancel(true);
            throw new Interrupted();
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new Failed(
                    ProviderFault.of(Kind.TIMEOUT, "gave no answer: " + body.impatience()), null);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw new Failed(ProviderFault.ofConnection(io), io);
            }
            throw new IllegalStateException("The HTTP client failed", cause);
        }
    }
}
