package dev.battlestream.llm.adapter;

import dev.battlestream.llm.TimeoutSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that is read by one thread. It never waits longer for the reply
 * to begin than the first token may take, then not longer than the idle timeout for the next byte,
 * and never beyond the time of the whole call; it holds no more than what arrived in one piece.
 * Closing it before its end closes the connection, even when the answer only begins afterwards.
 */
final class IdleBoundedBody extends InputStream implements BodySubscriber<IdleBoundedBody> {

    /**
     * In bytes. The longest reply by the contract stays below; a server that never stops does not.
     */
    private static final long LONGEST = 16L * 1024 * 1024;

    /** There was more than any answer may have. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        private TooLong() {
            super("the answer is too long");
        }
    }

    private sealed interface Signal {
        record Bytes(List<ByteBuffer> buffers) implements Signal {}

        record Broken(Throwable cause) implements Signal {}

        record End() implements Signal {}
    }

    private final TimeoutSettings timeouts;
    private final Duration callTimeout;
    private final long begin = System.nanoTime();
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();

    // Only the reading thread touches these.
    private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
    private boolean ended;
    private long received;
    private boolean replyBegan;
    private @Nullable IOException failure;

    /**
     * @param callTimeout counted from now
     */
    IdleBoundedBody(TimeoutSettings timeouts, Duration callTimeout) {
        this.timeouts = timeouts;
        this.callTimeout = callTimeout;
    }

    /** From now on silence is bounded, and no more the time until now. */
    void replyBegan() {
        replyBegan = true;
    }

    /** How long the answer may still be silent, not more than the call may still take. */
    Duration patience() {
        Duration passed = Duration.ofNanos(System.nanoTime() - begin);
        Duration silence = replyBegan ? timeouts.idle() : timeouts.firstToken().minus(passed);
        Duration left = callTimeout.minus(passed);
        return left.compareTo(silence) < 0 ? left : silence;
    }

    /** What has been waited for in vain. */
    String impatience() {
        boolean over = System.nanoTime() - begin >= callTimeout.toNanos();
        if (over) {
            return "not done after " + callTimeout;
        }
        return replyBegan
                ? "silent for " + timeouts.idle()
                : "nothing for " + timeouts.firstToken();
    }

    @Override
    public CompletionStage<IdleBoundedBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(1);
        subscribed.complete(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        signals.add(new Signal.Bytes(item));
    }

    @Override
    public void onError(Throwable throwable) {
        signals.add(new Signal.Broken(throwable));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End());
    }

    /** Why reading ended early, if it did: a timeout, an interrupt or a broken connection. */
    @Nullable IOException failure() {
        return failure;
    }

    /** The start of the body, or as much of it as comes. */
    String readText(int longest) {
        try {
            return new String(readNBytes(longest), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = nextBuffer();
        if (buffer == null) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    /** Null at the end. */
    private @Nullable ByteBuffer nextBuffer() throws IOException {
        while (true) {
            ByteBuffer buffer = buffers.peek();
            if (buffer != null && buffer.hasRemaining()) {
                return buffer;
            }
            if (buffer != null) {
                buffers.remove();
            } else if (ended) {
                return null;
            } else {
                receive();
            }
        }
    }

    private void receive() throws IOException {
        switch (await()) {
            case Signal.Bytes(List<ByteBuffer> arrived) -> {
                buffers.addAll(arrived);
                received += arrived.stream().mapToLong(ByteBuffer::remaining).sum();
                if (received > LONGEST) {
                    throw failed(new TooLong());
                }
                subscribed.join().request(1);
            }
            case Signal.Broken(Throwable cause) ->
                    throw failed(
                            cause instanceof IOException io
                                    ? io
                                    : new IOException("broken", cause));
            case Signal.End() -> ended = true;
        }
    }

    private Signal await() throws IOException {
        Duration patience = patience();
        Signal signal;
        try {
            signal =
                    patience.isPositive()
                            ? signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS)
                            : null;
        } catch (InterruptedException _) {
            throw failed(new InterruptedIOException("interrupted"));
        }
        if (signal == null) {
            throw failed(new HttpTimeoutException(impatience()));
        }
        return signal;
    }

    private IOException failed(IOException cause) {
        failure = cause;
        close();
        return cause;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            buffers.clear();
            var _ = subscribed.thenAccept(Flow.Subscription::cancel);
        }
    }
}
