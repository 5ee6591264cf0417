package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderKind;
import dev.battlestream.llm.ScriptedSettings;
import dev.battlestream.llm.playbook.Playbook;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Builds the port from its settings; one for the life of a process is meant. */
public final class ChatModelsFactory {

    private ChatModelsFactory() {}

    /**
     * Opens the call log and reads the playbooks; no provider is contacted.
     *
     * @throws IllegalArgumentException with a readable message, if a file that the settings name
     *     cannot be used
     */
    public static ChatModels create(LlmSettings settings) {
        return create(settings, Timepiece.SYSTEM);
    }

    static ChatModels create(LlmSettings settings, Timepiece timepiece) {
        Map<String, Playbook> playbooks = Playbooks.load(settings.scripted().playbooks());
        ChatProvider scripted = scripted(settings.scripted(), playbooks, timepiece);
        Map<String, ChatProvider> providers = new HashMap<>();
        Map<ModelReference, ModelPrice> prices = new HashMap<>();
        settings.providers()
                .forEach((name, provider) -> {
                    if (provider.kind() == ProviderKind.SCRIPTED) {
                        playbooks.forEach((model, playbook) ->
                                prices.put(new ModelReference(name, model), playbook.price()));
                    }
                    providers.put(
                            name,
                            switch (provider.kind()) {
                                case SCRIPTED -> scripted;
                                case OPENAI ->
                                        RemoteProvider.openAi(provider, settings.callTimeout());
                                case ANTHROPIC ->
                                        RemoteProvider.anthropic(provider, settings.callTimeout());
                            });
                });
        settings.prices().forEach((model, price) -> prices.put(ModelReference.parse(model), price));
        return new RoutedChatModels(
                providers,
                prices,
                new Retrying(settings.retry(), settings.callTimeout(), timepiece));
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
