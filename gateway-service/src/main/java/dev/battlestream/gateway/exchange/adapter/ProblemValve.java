package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Answers what Tomcat refuses before any servlet sees it, such as a broken request line. Tomcat
 * makes it by its class name, so it has no collaborators, and its document holds constants only.
 */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        RequestProblem problem = Problems.ofStatus(status);
        String requestId = UUID.randomUUID().toString();
        byte[] body =
                """
                {"type":"%s","title":"%s","status":%d,"detail":"%s","code":"%s","requestId":"%s"}\
                """
                        .formatted(
                                problem.code().type(),
                                problem.code().title(),
                                status,
                                problem.detail(),
                                problem.code().code(),
                                requestId)
                        .getBytes(StandardCharsets.UTF_8);
        try {
            response.setHeader(Correlation.REQUEST_ID_HEADER, requestId);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The caller is gone or reads something else already: there is nobody to tell.
            container.getLogger().debug("A refusal could not be written", e);
        }
    }
}
