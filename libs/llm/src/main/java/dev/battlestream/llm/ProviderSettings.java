package dev.battlestream.llm;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and how to speak to it; all but the kind means nothing to a scripted one.
 *
 * @param kind OPENAI if absent
 * @param baseUrl up to and including the version, {@code http(s)://host[:port]/v1}; OpenAI's own if
 *     absent
 * @param apiKey sent as a bearer token; absent or blank for a server that wants none
 * @param headers sent with every request; their values are treated as secrets
 * @param idleTimeout the longest silence, before the first byte as between two, 10 ms to 1 h; 60 s
 *     if absent
 * @param connectTimeout 10 ms to 5 min; 10 s if absent
 * @param httpVersion {@code 1.1} or {@code 2}; 1.1 if absent, because vLLM and llama.cpp speak no
 *     other
 */
public record ProviderSettings(
        ProviderKind kind,
        URI baseUrl,
        @Nullable String apiKey,
        Map<String, String> headers,
        Duration idleTimeout,
        Duration connectTimeout,
        String httpVersion) {

    private static final URI OPENAI_URL = URI.create("https://api.openai.com/v1");
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
                    "upgrade");

    public ProviderSettings {
        kind = kind == null ? ProviderKind.OPENAI : kind;
        baseUrl = baseUrl == null || baseUrl.toString().isBlank() ? OPENAI_URL : baseUrl;
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey;
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        idleTimeout = idleTimeout == null ? Duration.ofSeconds(60) : idleTimeout;
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
        httpVersion = httpVersion == null || httpVersion.isBlank() ? "1.1" : httpVersion;
        checkUrl(baseUrl);
        Refuse.unless(
                apiKey == null || KEY.matcher(apiKey).matches(),
                "providers.*.api-key must be printable characters without spaces");
        headers.forEach(ProviderSettings::checkHeader);
        Refuse.outside(
                "providers.*.idle-timeout",
                idleTimeout,
                Duration.ofMillis(10),
                Duration.ofHours(1));
        Refuse.outside(
                "providers.*.connect-timeout",
                connectTimeout,
                Duration.ofMillis(10),
                Duration.ofMinutes(5));
        Refuse.unless(
                httpVersion.equals("1.1") || httpVersion.equals("2"),
                "providers.*.http-version must be 1.1 or 2");
    }

    /**
     * A server that speaks OpenAI's chat completions, otherwise as shipped.
     *
     * @param baseUrl OpenAI's own if null
     */
    public static ProviderSettings openai(@Nullable URI baseUrl, @Nullable String apiKey) {
        return new ProviderSettings(
                ProviderKind.OPENAI,
                baseUrl == null ? OPENAI_URL : baseUrl,
                apiKey,
                Map.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                "1.1");
    }

    static ProviderSettings scripted() {
        return new ProviderSettings(
                ProviderKind.SCRIPTED,
                OPENAI_URL,
                null,
                Map.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                "1.1");
    }

    /** The same with another bound on silence. */
    public ProviderSettings withIdleTimeout(Duration changed) {
        return new ProviderSettings(
                kind, baseUrl, apiKey, headers, changed, connectTimeout, httpVersion);
    }

    /** The same with other headers. */
    public ProviderSettings withHeaders(Map<String, String> changed) {
        return new ProviderSettings(
                kind, baseUrl, apiKey, changed, idleTimeout, connectTimeout, httpVersion);
    }

    /** Shows neither the key nor a header's value. */
    @Override
    public String toString() {
        return "ProviderSettings[kind=%s, baseUrl=%s, apiKey=%s, headers=%s, idleTimeout=%s, connectTimeout=%s, httpVersion=%s]"
                .formatted(
                        kind,
                        baseUrl,
                        apiKey == null ? "none" : "****",
                        masked(headers),
                        idleTimeout,
                        connectTimeout,
                        httpVersion);
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
