package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever a controller or the framework throws into a problem document. */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    void refused(RequestProblem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        writer.write(problem, request, response);
    }

    @ExceptionHandler
    void mistyped(
            MethodArgumentTypeMismatchException mismatch,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        invalid(mismatch.getName(), "has the wrong type", request, response);
    }

    @ExceptionHandler
    void missing(
            MissingServletRequestParameterException missing,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        invalid(missing.getParameterName(), "is missing", request, response);
    }

    @ExceptionHandler
    void clientGone(AsyncRequestNotUsableException gone) {
        LOG.debug("The caller left before the answer was written", gone);
    }

    @ExceptionHandler
    void anything(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (thrown instanceof ErrorResponse framework) {
            framework
                    .getHeaders()
                    .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
            writer.write(Problems.ofStatus(framework.getStatusCode().value()), request, response);
        } else if (thrown instanceof HttpException unreadable) {
            // Such as a query that is no text: the server reads it only when it is asked for.
            writer.write(Problems.ofStatus(unreadable.getCode()), request, response);
        } else if (response.isCommitted()) {
            LOG.debug("The answer broke off", thrown);
        } else {
            LOG.error("A request failed", thrown);
            writer.write(Problems.ofStatus(500), request, response);
        }
    }

    private void invalid(
            String field, String message, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        writer.write(
                RequestProblem.invalid(List.of(new FieldError(field, message))), request, response);
    }
}
