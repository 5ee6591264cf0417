package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;

/** The problems that the framework tells by a bare status. */
final class Problems {

    private Problems() {}

    /** The problem that a status of 400 or more stands for. */
    static RequestProblem ofStatus(int status) {
        return switch (status) {
            case 404 ->
                    RequestProblem.of(
                            ProblemCode.UNKNOWN_PATH, "This path leads to no resource of the API");
            case 405 ->
                    RequestProblem.of(
                            ProblemCode.METHOD_NOT_ALLOWED,
                            "See the Allow header for the methods of this path");
            case 406 ->
                    RequestProblem.of(
                            ProblemCode.NOT_ACCEPTABLE,
                            "This path answers in none of the media types of the Accept header");
            case 413 ->
                    RequestProblem.of(
                            ProblemCode.BODY_TOO_LARGE, "The body is larger than allowed");
            case 415 ->
                    RequestProblem.of(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as application/json");
            case 503 ->
                    RequestProblem.unavailable(
                            ProblemCode.SHUTTING_DOWN, "The gateway takes no requests now");
            default ->
                    // 505: the version of HTTP, which is the caller's to choose.
                    status < 500 || status == 505
                            ? RequestProblem.of(
                                    ProblemCode.MALFORMED_REQUEST, "The request cannot be read")
                            : RequestProblem.of(
                                    ProblemCode.INTERNAL_ERROR,
                                    "Something went wrong; the request id finds it in the logs");
        };
    }
}
