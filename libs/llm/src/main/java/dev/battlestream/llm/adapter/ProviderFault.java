package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong at a server, in our terms: from the status and the body of its answer, or from an
 * event of a stream, as OpenAI, the servers that are compatible with it, and Anthropic put it.
 *
 * <p>Of the server's own words only its error code is repeated, and only if it is made of small
 * letters: messages may quote the key or the conversation.
 *
 * @param what a predicate, to follow the model's name
 * @param retryAfter what the server asked to wait, if it did
 * @param reached whether the server may have seen the request
 * @param charged whether it may charge for it: it began to answer, or nobody knows
 */
record ProviderFault(
        Kind kind, String what, @Nullable Duration retryAfter, boolean reached, boolean charged) {

    /** Anthropic's errors are of the type "error" and have their own type within. */
    private static final Pattern CODE =
            Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"(?!error\")([a-z][a-z_]{1,47})\"");

    private static final Pattern NUMBER = Pattern.compile("\"code\"\\s*:\\s*\"?([45]\\d\\d)\\b");

    /** OpenAI has a code for it, vLLM, llama.cpp, OpenRouter and Anthropic say it in a sentence. */
    private static final Pattern TOO_LONG =
            Pattern.compile(
                    "context_length_exceeded|exceed_context_size|maximum context length"
                            + "|exceeds? (?:the )?(?:available )?context|prompt is too long"
                            + "|input is too long",
                    Pattern.CASE_INSENSITIVE);

    private static final Set<String> CONTENT_RULES =
            Set.of("content_filter", "content_policy_violation");
    private static final Set<String> NO_MONEY =
            Set.of(
                    "insufficient_quota",
                    "billing_hard_limit_reached",
                    "billing_not_active",
                    "billing_error");

    /** What OpenRouter says, with 403, when its moderation finds fault. */
    private static final Pattern FLAGGED = Pattern.compile("input was flagged");

    /** What Anthropic says, with 400, when there is no money left. */
    private static final Pattern BALANCE = Pattern.compile("credit balance is too low");

    /** An error within a stream has no status: the one that its code stands for. */
    private static final Map<String, Integer> STATUSES =
            Map.ofEntries(
                    Map.entry("api_error", 500),
                    Map.entry("authentication_error", 401),
                    Map.entry("invalid_api_key", 401),
                    Map.entry("invalid_request_error", 400),
                    Map.entry("model_not_found", 404),
                    Map.entry("not_found_error", 404),
                    Map.entry("overloaded_error", 529),
                    Map.entry("permission_error", 403),
                    Map.entry("rate_limit_error", 429),
                    Map.entry("rate_limit_exceeded", 429),
                    Map.entry("request_too_large", 413),
                    Map.entry("server_error", 500),
                    Map.entry("timeout_error", 504));

    static ProviderFault of(Kind kind, String what) {
        return new ProviderFault(kind, what, null, true, true);
    }

    /** An answer outside 200 to 299. */
    static ProviderFault ofStatus(int status, String body, HttpHeaders headers, Instant now) {
        String code = code(body);
        String what =
                "answered HTTP %d%s".formatted(status, code.isEmpty() ? "" : " (" + code + ")");
        return new ProviderFault(
                kind(status, code, body),
                what,
                RetryAfter.of(headers, now).orElse(null),
                true,
                false);
    }

    /** An error that came as an event, after an answer of 200. */
    static ProviderFault ofEvent(String data) {
        String code = code(data);
        Matcher number = NUMBER.matcher(data);
        int status =
                number.find()
                        ? Integer.parseInt(number.group(1))
                        : STATUSES.getOrDefault(code, code.startsWith("invalid_") ? 400 : 500);
        return of(
                kind(status, code, data),
                "broke its reply off with an error" + (code.isEmpty() ? "" : " (" + code + ")"));
    }

    /** No answer at all. */
    static ProviderFault ofConnection(IOException failure) {
        boolean before =
                failure instanceof ConnectException
                        || failure instanceof HttpConnectTimeoutException;
        return new ProviderFault(
                Kind.NETWORK,
                before ? "cannot be reached" : "closed the connection without an answer",
                null,
                !before,
                !before);
    }

    /**
     * @param cause for the stack trace; holds neither keys nor contents
     */
    ModelException toModelException(ModelReference model, @Nullable Throwable cause) {
        ModelException failure =
                new ModelException(kind, model + " " + what, retryAfter, reached ? 1 : 0, cause);
        return charged ? failure.asCharged() : failure;
    }

    private static Kind kind(int status, String code, String body) {
        if (CONTENT_RULES.contains(code) || (status == 403 && FLAGGED.matcher(body).find())) {
            return Kind.REFUSED;
        }
        // Sent as 429 or 400, but no waiting and no other request helps.
        if (NO_MONEY.contains(code) || (status == 400 && BALANCE.matcher(body).find())) {
            return Kind.AUTH;
        }
        return switch (status) {
            case 401, 402, 403 -> Kind.AUTH;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 408, 504 -> Kind.TIMEOUT;
            case 409, 425 -> Kind.OVERLOADED;
            case 413 -> Kind.CONTEXT_TOO_LONG;
            case 429 -> Kind.RATE_LIMITED;
            default -> {
                if (status < 500 && TOO_LONG.matcher(body).find()) {
                    yield Kind.CONTEXT_TOO_LONG;
                }
                yield status >= 500 ? Kind.OVERLOADED : Kind.BAD_REQUEST;
            }
        };
    }

    private static String code(String json) {
        Matcher code = CODE.matcher(json);
        return code.find() ? code.group(1) : "";
    }
}
