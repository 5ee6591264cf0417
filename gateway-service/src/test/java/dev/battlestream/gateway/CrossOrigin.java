package dev.battlestream.gateway;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks as a browser does for a page of another origin. */
final class CrossOrigin {

    private CrossOrigin() {}

    /** What a browser asks before it sends what a plain form could not. */
    static HttpResponse<String> preflight(
            RunningGateway gateway, String origin, String method, String headers)
            throws IOException, InterruptedException {
        return gateway.send(
                gateway.request(
                                "/api/battles/start",
                                "Origin",
                                origin,
                                "Access-Control-Request-Method",
                                method,
                                "Access-Control-Request-Headers",
                                headers)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    static HttpResponse<String> get(RunningGateway gateway, String path, String origin)
            throws IOException, InterruptedException {
        return gateway.get(path, "Origin", origin);
    }
}
