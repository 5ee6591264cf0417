package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Reply;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
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
        ModelPrice price = price(model);
        BigDecimal charge = charge(price, request);
        Retrying.Answered answered = retrying.chat(provider, request, charge, listener);
        ProviderReply reply = answered.reply();
        return new Reply(
                reply.text(),
                reply.model(),
                reply.finishReason(),
                reply.tokens().in(),
                reply.tokens().out(),
                price.cost(reply.tokens()),
                answered.latency(),
                answered.calls(),
                reply.tokens().cachedIn(),
                charge.multiply(BigDecimal.valueOf(answered.charged())),
                null);
    }

    @Override
    public Optional<BigDecimal> worstCaseCost(ChatRequest request) {
        ModelPrice price = price(request.model());
        return request.maxTokens() == null && !price.free()
                ? Optional.empty()
                : Optional.of(
                        charge(price, request).multiply(BigDecimal.valueOf(retrying.maxCharged())));
    }

    @Override
    public ModelPrice price(ModelReference model) {
        return prices.getOrDefault(model, ModelPrice.FREE);
    }

    /** The most that an attempt can cost; only the request if its reply has no bound. */
    private static BigDecimal charge(ModelPrice price, ChatRequest request) {
        Integer maxTokens = request.maxTokens();
        return price.worstCase(
                PromptBound.tokens(request.messages()), maxTokens == null ? 0 : maxTokens);
    }
}
