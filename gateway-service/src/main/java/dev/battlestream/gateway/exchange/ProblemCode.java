package dev.battlestream.gateway.exchange;

import java.util.Locale;

/** Every kind of refusal. The names are part of the contract: clients switch on them. */
public enum ProblemCode {
    INVALID_REQUEST(400, "The request breaks rules"),
    MODEL_NOT_ALLOWED(400, "The model may not be asked"),
    MALFORMED_JSON(400, "The body is no valid JSON"),
    MALFORMED_REQUEST(400, "The request is not valid HTTP"),
    UNAUTHORIZED(401, "An API key is needed"),
    FORBIDDEN(403, "The API key does not allow this"),
    ORIGIN_NOT_ALLOWED(403, "Pages of this origin are not allowed"),
    BATTLE_NOT_FOUND(404, "There is no such battle"),
    RUN_NOT_FOUND(404, "There is no such run"),
    UNKNOWN_PATH(404, "There is nothing at this path"),
    METHOD_NOT_ALLOWED(405, "The path does not know this method"),
    NOT_ACCEPTABLE(406, "No answer in an acceptable media type"),
    BATTLE_ENDED(409, "The battle has already ended"),
    BATTLE_RUNNING(409, "The battle has not ended"),
    RUN_ENDED(409, "The run has already ended"),
    REPORT_NOT_FINAL(409, "The run has not ended"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has an unsupported media type"),
    MISDIRECTED_REQUEST(421, "The gateway does not answer to this name"),
    IDEMPOTENCY_MISMATCH(422, "The same key came with another body"),
    RATE_LIMITED(429, "Too many starts in a short time"),
    TOO_MANY_JOBS(429, "Too many battles and runs go on"),
    DAILY_BUDGET_SPENT(429, "The client's budget of the day does not suffice"),
    TOO_MANY_STREAMS(429, "Too many open streams"),
    INTERNAL_ERROR(500, "The gateway failed"),
    PROVIDER_REFUSED(502, "The model provider refused"),
    WAIT_TIMED_OUT(504, "The battle did not end in time"),
    DATABASE_UNAVAILABLE(503, "The database does not answer"),
    BROKER_UNAVAILABLE(503, "The event log does not answer"),
    REGISTRY_UNAVAILABLE(503, "The schema registry does not answer"),
    REPORT_UNAVAILABLE(503, "The report service does not answer"),
    ARCHIVE_UNAVAILABLE(503, "The archive does not answer"),
    SHUTTING_DOWN(503, "The gateway is shutting down");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** The same words for every problem of this kind. */
    public String title() {
        return title;
    }

    /** The stable name that clients switch on, for example {@code battle_not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The problem's type as a URI. */
    public String type() {
        return "urn:battlestream:problem:" + code().replace('_', '-');
    }
}
