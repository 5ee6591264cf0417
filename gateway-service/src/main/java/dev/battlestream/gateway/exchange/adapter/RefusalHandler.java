package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.MediaType;

/**
 * Answers what the server refuses before any servlet sees it, such as a broken request line.
 * Nothing of such a request is trusted, its request id included.
 */
final class RefusalHandler implements Request.Handler {

    private final ProblemWriter problems;

    RefusalHandler(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(request, response);
        String requestId = UUID.randomUUID().toString();
        byte[] body = problems.document(Problems.ofStatus(status), requestId);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(Correlation.REQUEST_ID_HEADER, requestId);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        // The server closes the connection behind what it cannot read, and does not say so.
        headers.put(HttpHeader.CONNECTION, "close");
        headers.put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        headers.put(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, body.length));
        response.setStatus(status);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** As the document says: what stands for no code of its own is 400 or 500. */
    private static int status(Request request, Response response) {
        Object asked = request.getAttribute(ErrorHandler.ERROR_STATUS);
        int status = asked instanceof Integer code ? code : response.getStatus();
        return status < 400 ? 500 : Problems.ofStatus(status).code().status();
    }
}
