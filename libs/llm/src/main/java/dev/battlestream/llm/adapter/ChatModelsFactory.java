package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderKind;
import dev.battlestream.llm.ScriptedSettings;
import dev.battlestream.llm.playbook.Playbook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Builds the port from its settings; one for the life of a process is meant. */
public final class ChatModelsFactory {

    private ChatModelsFactory() {}

    /**
     * Opens the call log and reads playbooks and keys; no provider is contacted.
     *
     * @param registry where calls are counted
     * @throws IllegalArgumentException with a readable message, if a file that the settings name
     *     cannot be used
     */
    public static ChatModels create(LlmSettings settings, MeterRegistry registry) {
        return create(settings, registry, Timepiece.SYSTEM);
    }

    /** The same, with calls that nobody counts. */
    public static ChatModels create(LlmSettings settings) {
        return create(settings, Timepiece.SYSTEM);
    }

    static ChatModels create(LlmSettings settings, Timepiece timepiece) {
        return create(settings, new CompositeMeterRegistry(), timepiece);
    }

    static ChatModels create(LlmSettings settings, MeterRegistry registry, Timepiece timepiece) {
        Map<String, Playbook> playbooks = Playbooks.load(settings.scripted().playbooks());
        ChatProvider scripted = scripted(settings.scripted(), playbooks, timepiece);
        Map<String, ChatProvider> providers = new HashMap<>();
        settings.providers()
                .forEach((name, provider) ->
                        providers.put(
                                name,
                                switch (provider.kind()) {
                                    case SCRIPTED -> scripted;
                                    case OPENAI ->
                                            RemoteProvider.openAi(provider, settings.callTimeout());
                                    case ANTHROPIC ->
                                            RemoteProvider.anthropic(
                                                    provider, settings.callTimeout());
                                }));
        Map<ModelReference, ModelPrice> prices = prices(settings, playbooks);
        Set<ModelReference> configured = configured(settings, prices);
        CallMeters meters = new CallMeters(registry, providers.keySet(), configured);
        return new RoutedChatModels(
                new Endpoints(settings, providers, configured, meters, timepiece),
                prices,
                new Retrying(settings.retry(), settings.callTimeout(), timepiece),
                meters);
    }

    private static Map<ModelReference, ModelPrice> prices(
            LlmSettings settings, Map<String, Playbook> playbooks) {
        Map<ModelReference, ModelPrice> prices = new HashMap<>();
        settings.providers()
                .forEach((name, provider) -> {
                    if (provider.kind() == ProviderKind.SCRIPTED) {
                        playbooks.forEach((model, playbook) ->
                                prices.put(new ModelReference(name, model), playbook.price()));
                    }
                });
        settings.prices().forEach((model, price) -> prices.put(ModelReference.parse(model), price));
        return prices;
    }

    /** Models that the settings name. */
    private static Set<ModelReference> configured(
            LlmSettings settings, Map<ModelReference, ModelPrice> prices) {
        Set<ModelReference> configured = new HashSet<>(prices.keySet());
        settings.providers()
                .forEach((name, provider) ->
                        provider.models()
                                .keySet()
                                .forEach(model -> configured.add(new ModelReference(name, model))));
        return configured;
    }

    private static ChatProvider scripted(
            ScriptedSettings settings, Map<String, Playbook> playbooks, Timepiece timepiece) {
        Path callLog = settings.callLog();
        return new ScriptedProvider(
                playbooks,
                settings.latencyScale(),
                callLog == null ? null : new CallLogWriter(callLog, Clock.systemUTC()),
                timepiece);
    }
}
