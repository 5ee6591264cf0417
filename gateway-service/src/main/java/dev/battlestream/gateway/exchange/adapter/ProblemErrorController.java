package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what failed before or outside of the controllers, such as in a filter. */
@RestController
final class ProblemErrorController implements ErrorController {

    private final ProblemWriter writer;

    ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Without the attribute somebody asked for the error page itself.
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        writer.write(
                Problems.ofStatus(status instanceof Integer code ? code : 404), request, response);
    }
}
