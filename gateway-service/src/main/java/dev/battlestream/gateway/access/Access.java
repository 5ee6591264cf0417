package dev.battlestream.gateway.access;

import java.util.Set;

/** What a request needs. Whatever is not listed is the operator's. */
public sealed interface Access {

    /** Anybody may do it: what orchestrators probe, and documents that hold no secret. */
    record Open() implements Access {}

    /** A key with this scope may do it. */
    record Needs(Scope scope) implements Access {}

    /**
     * What a request needs.
     *
     * @param path decoded and normalized, as the controllers are chosen by
     */
    static Access of(String method, String path) {
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        if (reads && (OPEN.contains(path) || OPEN_BELOW.stream().anyMatch(path::startsWith))) {
            return new Open();
        }
        if (method.equals("DELETE")) {
            return new Needs(Scope.ADMIN);
        }
        if (path.startsWith("/api/")) {
            return new Needs(reads ? Scope.READ : Scope.START);
        }
        return new Needs(Scope.ADMIN);
    }

    /** Whether a request opens a stream, which a browser does without headers. */
    static boolean isStream(String method, String path) {
        return method.equals("GET")
                && path.startsWith("/api/")
                && (path.startsWith("/api/stream/") || path.endsWith("/stream"));
    }

    /** Paths that are open as they stand. */
    Set<String> OPEN =
            Set.of(
                    "/actuator/health/liveness",
                    "/actuator/health/readiness",
                    "/v3/api-docs",
                    "/v3/api-docs.yaml",
                    "/swagger-ui.html",
                    "/asyncapi.yaml");

    /** Paths that are open with all below them. */
    Set<String> OPEN_BELOW = Set.of("/v3/api-docs/", "/swagger-ui/");
}
