package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that the connection ends when a request is answered before its body has been read. The
 * server then closes it, and a caller that was not told would lose its next request there. Whoever
 * reads the body to its end takes the word back.
 *
 * <p>Before the connection is closed, what is still coming is read and thrown away: a connection
 * that is closed over unread bytes is reset, and the caller, who is still sending, would lose the
 * answer (RFC 9112, section 9.6). Bounded in bytes and time; who sends on beyond that is reset.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UnreadBodyFilter extends OncePerRequestFilter {

    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PIECE = 16 * 1024;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean unread =
                request.getContentLengthLong() > 0
                        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (unread) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
        // Not before the answer is on its way, which may take the dispatch of an error; and who
        // asks before sending (Expect: 100-continue) has been answered and sends nothing.
        if (unread
                && response.isCommitted()
                && response.getHeader(HttpHeaders.CONNECTION) != null
                && request.getHeader(HttpHeaders.EXPECT) == null) {
            discardBody(request);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static void discardBody(HttpServletRequest request) {
        long begin = System.nanoTime();
        byte[] piece = new byte[PIECE];
        int discarded = 0;
        try {
            InputStream in = request.getInputStream();
            int read = 0;
            while (read >= 0
                    && discarded < MOST_BYTES
                    && System.nanoTime() - begin < PATIENCE.toNanos()) {
                discarded += read;
                read = in.read(piece);
            }
        } catch (IOException | IllegalStateException e) {
            // The caller is gone or stalls, and has its answer.
        }
    }

    /** The body has been read to its end. */
    static void read(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CONNECTION, null);
    }
}
