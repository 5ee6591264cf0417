package dev.battlestream.llm;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is, how to speak to it and how much to ask of it; a scripted one knows only
 * limits, circuit and failover.
 *
 * @param kind OPENAI if absent
 * @param baseUrl up to and including the version, {@code http(s)://host[:port]/v1}; the kind's own
 *     service if absent
 * @param apiKey as the kind sends it; absent or blank for a server that wants none
 * @param apiKeyFile a file with nothing but the key in it, read at the start; instead of {@code
 *     apiKey}
 * @param headers sent with every request; their values are treated as secrets
 * @param httpVersion {@code 1.1} or {@code 2}; 1.1 if absent, because vLLM and llama.cpp speak no
 *     other
 * @param stream whether replies are asked for as streams; true if absent
 * @param timeouts the defaults if absent
 * @param limits of all its models together; none if absent
 * @param circuit of each of its models; the defaults if absent, off for a scripted one
 * @param failover who answers in place of its models, {@code provider} for the model of the same
 *     name or {@code provider:model}; nobody if absent
 * @param models what holds for a single model, by its name without the provider
 */
public record ProviderSettings(
        ProviderKind kind,
        URI baseUrl,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        Map<String, String> headers,
        String httpVersion,
        Boolean stream,
        TimeoutSettings timeouts,
        LimitSettings limits,
        CircuitSettings circuit,
        @Nullable String failover,
        Map<String, ModelSettings> models) {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final List<String> OWN_HEADERS =
            List.of(
                    "authorization",
                    "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade",
                    "x-api-key");

    public ProviderSettings {
        kind = kind == null ? ProviderKind.OPENAI : kind;
        baseUrl = baseUrl == null || baseUrl.toString().isBlank() ? kind.home() : baseUrl;
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey;
        apiKeyFile = apiKeyFile == null || apiKeyFile.toString().isBlank() ? null : apiKeyFile;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        httpVersion = httpVersion == null || httpVersion.isBlank() ? "1.1" : httpVersion;
        stream = stream == null || stream;
        timeouts = timeouts == null ? TimeoutSettings.defaults() : timeouts;
        limits = limits == null ? LimitSettings.NONE : limits;
        circuit = circuit == null ? circuitOf(kind) : circuit;
        failover = failover == null || failover.isBlank() ? null : failover;
        models = models == null ? Map.of() : Map.copyOf(models);
        checkUrl(baseUrl);
        Refuse.unless(
                apiKey == null || isKey(apiKey),
                "providers.*.api-key must be printable characters without spaces");
        Refuse.unless(
                apiKey == null || apiKeyFile == null,
                "providers.* must have api-key or api-key-file, not both");
        headers.forEach(ProviderSettings::checkHeader);
        Refuse.unless(
                httpVersion.equals("1.1") || httpVersion.equals("2"),
                "providers.*.http-version must be 1.1 or 2");
    }

    /** A provider of this kind as shipped: its own service, no key. */
    public static ProviderSettings of(ProviderKind kind) {
        return new ProviderSettings(
                kind,
                kind.home(),
                null,
                null,
                Map.of(),
                "1.1",
                true,
                TimeoutSettings.defaults(),
                LimitSettings.NONE,
                circuitOf(kind),
                null,
                Map.of());
    }

    /**
     * A server that speaks OpenAI's chat completions, otherwise as shipped.
     *
     * @param baseUrl OpenAI's own if null
     */
    public static ProviderSettings openai(@Nullable URI baseUrl, @Nullable String apiKey) {
        return of(ProviderKind.OPENAI).at(baseUrl, apiKey);
    }

    /**
     * A server that speaks Anthropic's messages, otherwise as shipped.
     *
     * @param baseUrl Anthropic's own if null
     */
    public static ProviderSettings anthropic(@Nullable URI baseUrl, @Nullable String apiKey) {
        return of(ProviderKind.ANTHROPIC).at(baseUrl, apiKey);
    }

    /** Whether this can be sent as a key. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    private ProviderSettings at(@Nullable URI url, @Nullable String key) {
        return changed(draft -> {
            draft.baseUrl = url == null ? kind.home() : url;
            draft.apiKey = key;
        });
    }

    /** The same with its key in a file. */
    public ProviderSettings withApiKeyFile(Path file) {
        return changed(draft -> {
            draft.apiKey = null;
            draft.apiKeyFile = file;
        });
    }

    /** The same with other headers. */
    public ProviderSettings withHeaders(Map<String, String> headers) {
        return changed(draft -> draft.headers = headers);
    }

    /** The same, asked for whole replies. */
    public ProviderSettings withoutStream() {
        return changed(draft -> draft.stream = false);
    }

    /** The same with other bounds on waiting. */
    public ProviderSettings withTimeouts(TimeoutSettings timeouts) {
        return changed(draft -> draft.timeouts = timeouts);
    }

    /** The same with other limits on all its models together. */
    public ProviderSettings withLimits(LimitSettings limits) {
        return changed(draft -> draft.limits = limits);
    }

    /** The same with other rules for giving a model a rest. */
    public ProviderSettings withCircuit(CircuitSettings circuit) {
        return changed(draft -> draft.circuit = circuit);
    }

    /** The same with somebody who answers in its place, {@code provider[:model]}. */
    public ProviderSettings withFailover(String failover) {
        return changed(draft -> draft.failover = failover);
    }

    /** The same with what holds for one model more. */
    public ProviderSettings withModel(String name, ModelSettings model) {
        return changed(draft -> {
            draft.models = new HashMap<>(models);
            draft.models.put(name, model);
        });
    }

    private ProviderSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new ProviderSettings(
                kind,
                draft.baseUrl,
                draft.apiKey,
                draft.apiKeyFile,
                draft.headers,
                httpVersion,
                draft.stream,
                draft.timeouts,
                draft.limits,
                draft.circuit,
                draft.failover,
                draft.models);
    }

    /** What a change starts from. */
    private static final class Draft {

        private URI baseUrl;
        private @Nullable String apiKey;
        private @Nullable Path apiKeyFile;
        private Map<String, String> headers;
        private boolean stream;
        private TimeoutSettings timeouts;
        private LimitSettings limits;
        private CircuitSettings circuit;
        private @Nullable String failover;
        private Map<String, ModelSettings> models;

        private Draft(ProviderSettings settings) {
            baseUrl = settings.baseUrl;
            apiKey = settings.apiKey;
            apiKeyFile = settings.apiKeyFile;
            headers = settings.headers;
            stream = settings.stream;
            timeouts = settings.timeouts;
            limits = settings.limits;
            circuit = settings.circuit;
            failover = settings.failover;
            models = settings.models;
        }
    }

    /** Shows neither the key nor a header's value. */
    @Override
    public String toString() {
        return "ProviderSettings[kind=%s, baseUrl=%s, apiKey=%s, apiKeyFile=%s, headers=%s, httpVersion=%s, stream=%s, timeouts=%s, limits=%s, circuit=%s, failover=%s, models=%s]"
                .formatted(
                        kind,
                        baseUrl,
                        apiKey == null ? "none" : "****",
                        apiKeyFile == null ? "none" : apiKeyFile,
                        masked(headers),
                        httpVersion,
                        stream,
                        timeouts,
                        limits,
                        circuit,
                        failover,
                        models);
    }

    private static CircuitSettings circuitOf(ProviderKind kind) {
        return kind == ProviderKind.SCRIPTED ? CircuitSettings.off() : CircuitSettings.defaults();
    }

    private static Map<String, String> masked(Map<String, String> headers) {
        Map<String, String> names = new TreeMap<>();
        headers.keySet().forEach(name -> names.put(name, "****"));
        return names;
    }

    private static void checkUrl(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        Refuse.unless(
                http && url.getHost() != null,
                "providers.*.base-url must be http(s)://host[:port]/path");
        Refuse.unless(
                url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null,
                "providers.*.base-url must hold no user, query or fragment");
    }

    private static void checkHeader(String name, String value) {
        Refuse.unless(
                HEADER_NAME.matcher(name).matches()
                        && !OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
                "providers.*.headers must be HTTP header names that the client does not set itself");
        Refuse.unless(
                HEADER_VALUE.matcher(value).matches(),
                "providers.*.headers." + name + " must be printable ASCII on one line");
    }
}
