package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Reply;
import java.util.Map;
import java.util.TreeSet;

/** Leads each call to its provider, through the retries, and puts a price on the reply. */
final class RoutedChatModels implements ChatModels {

    private final Map<String, ChatProvider> providers;
    private final Map<ModelReference, ModelPrice> prices;
    private final Retrying retrying;

    RoutedChatModels(
            Map<String, ChatProvider> providers,
            Map<ModelReference, ModelPrice> prices,
            Retrying retrying) {
        this.providers = Map.copyOf(providers);
        this.prices = Map.copyOf(prices);
        this.retrying = retrying;
    }

    @Override
    public boolean knows(ModelReference model) {
        ChatProvider provider = providers.get(model.provider());
        return provider != null && provider.knows(model.name());
    }

    @Override
    public Reply chat(ChatRequest request, ChatListener listener)
            throws ModelException, InterruptedException {
        ModelReference model = request.model();
        ChatProvider provider = providers.get(model.provider());
        if (provider == null) {
            throw new ModelException(
                    ModelException.Kind.UNKNOWN_MODEL,
                    "There is no provider for %s; configured are %s"
                            .formatted(model, String.join(", ", new TreeSet<>(providers.keySet()))),
                    null,
                    0,
                    null);
        }
        Retrying.Answered answered = retrying.chat(provider, request, listener);
        ProviderReply reply = answered.reply();
        ModelPrice price = prices.getOrDefault(model, ModelPrice.FREE);
        return new Reply(
                reply.text(),
                reply.model(),
                reply.finishReason(),
                reply.tokensIn(),
                reply.tokensOut(),
                price.cost(reply.tokensIn(), reply.tokensOut()),
                answered.latency(),
                answered.calls());
    }
}
