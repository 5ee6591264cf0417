package dev.battlestream.llm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an operator may set about models. A part that is absent (null, as binders pass it) has the
 * default written beside it; nonsense is refused on construction by an {@link
 * IllegalArgumentException} that names the setting and the rule.
 *
 * @param retry when and how often a failed call is repeated
 * @param providers by the name that stands before the colon of a model reference. {@code scripted},
 *     {@code openai} and {@code anthropic} are always there: without settings the latter two are
 *     those companies' own services with no key
 * @param prices by model reference, {@code provider:name}; a model without one costs nothing,
 *     scripted ones have their playbook's price
 * @param scripted how playbooks are played
 * @param callTimeout the longest an attempt of a call may take, however steadily it streams, and
 *     the time after which no further attempt begins, 1 s to 2 h; 10 min if absent. Playbooks take
 *     the time that is written in them
 */
public record LlmSettings(
        RetrySettings retry,
        Map<String, ProviderSettings> providers,
        Map<String, ModelPrice> prices,
        ScriptedSettings scripted,
        Duration callTimeout) {

    /** The provider that plays playbooks. */
    public static final String SCRIPTED = "scripted";

    /** The provider that is OpenAI's own service unless configured otherwise. */
    public static final String OPENAI = "openai";

    /** The provider that is Anthropic's own service unless configured otherwise. */
    public static final String ANTHROPIC = "anthropic";

    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);

    private static final Pattern PROVIDER_NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public LlmSettings {
        retry = retry == null ? RetrySettings.defaults() : retry;
        scripted = scripted == null ? ScriptedSettings.defaults() : scripted;
        callTimeout = callTimeout == null ? CALL_TIMEOUT : callTimeout;
        Refuse.outside("call-timeout", callTimeout, Duration.ofSeconds(1), Duration.ofHours(2));
        prices = prices == null ? Map.of() : Map.copyOf(prices);
        prices.keySet().forEach(LlmSettings::checkPriced);
        Map<String, ProviderSettings> all = new HashMap<>(providers == null ? Map.of() : providers);
        all.keySet().forEach(LlmSettings::checkProviderName);
        all.putIfAbsent(SCRIPTED, ProviderSettings.of(ProviderKind.SCRIPTED));
        all.putIfAbsent(OPENAI, ProviderSettings.of(ProviderKind.OPENAI));
        all.putIfAbsent(ANTHROPIC, ProviderSettings.of(ProviderKind.ANTHROPIC));
        providers = Map.copyOf(all);
        checkKind(providers, SCRIPTED, ProviderKind.SCRIPTED);
        checkKind(providers, ANTHROPIC, ProviderKind.ANTHROPIC);
        providers.forEach((name, provider) -> checkFailovers(name, provider, all.keySet()));
    }

    /** Everything as shipped: scripted models work, {@code openai} waits for a key. */
    public static LlmSettings defaults() {
        return new LlmSettings(
                RetrySettings.defaults(),
                Map.of(),
                Map.of(),
                ScriptedSettings.defaults(),
                CALL_TIMEOUT);
    }

    /** The same with another way to retry. */
    public LlmSettings withRetry(RetrySettings changed) {
        return new LlmSettings(changed, providers, prices, scripted, callTimeout);
    }

    /** The same with one provider more, or another one of that name. */
    public LlmSettings withProvider(String name, ProviderSettings provider) {
        Map<String, ProviderSettings> changed = new HashMap<>(providers);
        changed.put(name, provider);
        return new LlmSettings(retry, changed, prices, scripted, callTimeout);
    }

    /** The same with the price of one model, {@code provider:name}, set. */
    public LlmSettings withPrice(String model, ModelPrice price) {
        Map<String, ModelPrice> changed = new HashMap<>(prices);
        changed.put(model, price);
        return new LlmSettings(retry, providers, changed, scripted, callTimeout);
    }

    /** The same with playbooks played another way. */
    public LlmSettings withScripted(ScriptedSettings changed) {
        return new LlmSettings(retry, providers, prices, changed, callTimeout);
    }

    /** The same with another bound on the time of a call. */
    public LlmSettings withCallTimeout(Duration changed) {
        return new LlmSettings(retry, providers, prices, scripted, changed);
    }

    private static void checkProviderName(String name) {
        Refuse.unless(
                PROVIDER_NAME.matcher(name).matches(),
                "providers must have names of small letters, digits and -, such as openai or my-vllm");
    }

    /** The name says it, and a forgotten kind would send a key to somebody else. */
    private static void checkKind(
            Map<String, ProviderSettings> providers, String name, ProviderKind kind) {
        ProviderSettings provider = providers.get(name);
        Refuse.unless(
                provider != null && provider.kind() == kind,
                "providers.%s is built in: its kind must be %s"
                        .formatted(name, kind.name().toLowerCase(Locale.ROOT)));
    }

    private static void checkFailovers(
            String name, ProviderSettings provider, Set<String> providers) {
        Stream.concat(
                        Stream.ofNullable(provider.failover()),
                        provider.models().values().stream()
                                .flatMap(model -> Stream.ofNullable(model.failover())))
                .forEach(failover -> {
                    String target = failover.split(":", 2)[0];
                    Refuse.unless(
                            providers.contains(target),
                            "providers.%s.failover must name a provider, and %s is none"
                                    .formatted(name, target));
                    Refuse.unless(
                            !failover.equals(name) && !failover.endsWith(":"),
                            "providers.%s.failover must be another provider or provider:model"
                                    .formatted(name));
                });
    }

    private static void checkPriced(String model) {
        try {
            ModelReference.parse(model);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prices: %s; in YAML such a key is written \"[provider:name]\""
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
