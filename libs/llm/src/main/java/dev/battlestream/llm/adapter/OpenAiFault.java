package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong at an OpenAI-compatible server, in our terms.
 *
 * <p>Of the server's own words only its error code is repeated, and only if it is made of small
 * letters: messages may quote the key or the conversation.
 *
 * @param what a predicate, to follow the model's name
 * @param retryAfter what the server asked to wait, if it did
 * @param reached whether the server may have seen the request
 * @param charged whether it may charge for it: it began to answer, or nobody knows
 */
record OpenAiFault(
        Kind kind, String what, @Nullable Duration retryAfter, boolean reached, boolean charged) {

    private static final Pattern CODE =
            Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"([a-z][a-z_]{1,47})\"");
    private static final Pattern NUMBER = Pattern.compile("\"code\"\\s*:\\s*\"?([45]\\d\\d)\\b");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private static final Set<String> CONTENT_RULES =
            Set.of("content_filter", "content_policy_violation");
    private static final Set<String> NO_MONEY =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

    static OpenAiFault of(Kind kind, String what) {
        return new OpenAiFault(kind, what, null, true, true);
    }

    /** An answer outside 200 to 299. */
    static OpenAiFault ofStatus(int status, String body, HttpHeaders headers, Instant now) {
        String code = code(body);
        String what =
                "answered HTTP %d%s".formatted(status, code.isEmpty() ? "" : " (" + code + ")");
        return new OpenAiFault(kind(status, code), what, retryAfter(headers, now), true, false);
    }

    /** An error that came as an event, after an answer of 200. */
    static OpenAiFault ofEvent(String data) {
        String code = code(data);
        Matcher status = NUMBER.matcher(data);
        Kind kind =
                status.find()
                        ? kind(Integer.parseInt(status.group(1)), code)
                        : kind(code.startsWith("invalid_") ? 400 : 500, code);
        return of(
                kind,
                "broke its reply off with an error" + (code.isEmpty() ? "" : " (" + code + ")"));
    }

    /** No answer at all. */
    static OpenAiFault ofConnection(IOException failure) {
        boolean before =
                failure instanceof ConnectException
                        || failure instanceof HttpConnectTimeoutException;
        return new OpenAiFault(
                Kind.NETWORK,
                before ? "cannot be reached" : "closed the connection without an answer",
                null,
                !before,
                !before);
    }

    private static Kind kind(int status, String code) {
        if (CONTENT_RULES.contains(code)) {
            return Kind.REFUSED;
        }
        // Sent as 429, but no waiting helps.
        if (NO_MONEY.contains(code)) {
            return Kind.AUTH;
        }
        return switch (status) {
            case 401, 402, 403 -> Kind.AUTH;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 408, 504 -> Kind.TIMEOUT;
            case 409, 425 -> Kind.OVERLOADED;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.OVERLOADED : Kind.BAD_REQUEST;
        };
    }

    private static String code(String json) {
        Matcher code = CODE.matcher(json);
        return code.find() ? code.group(1) : "";
    }

    /** {@code retry-after-ms} (OpenAI), else {@code Retry-After} as seconds or as a date. */
    private static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        String millis = headers.firstValue("retry-after-ms").orElse("").strip();
        if (SECONDS.matcher(millis).matches()) {
            return Duration.ofMillis((long) Math.ceil(Double.parseDouble(millis)));
        }
        String value = headers.firstValue("retry-after").orElse("").strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(now, until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
