package dev.battlestream.llm.adapter;

import static java.util.Objects.requireNonNullElseGet;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Reply;
import dev.battlestream.llm.Tokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each call to its model, through the retries, then to who answers in its place, and puts a
 * price on the reply.
 */
final class RoutedChatModels implements ChatModels {

    /**
     * Failures that lie with the provider and not with what it was asked, so that another may do
     * better. A key that is refused or an empty account is among them, for that is how accounts
     * fail; the counter of failovers and the log tell it.
     */
    private static final Set<Kind> FAIL_OVER =
            Set.of(
                    Kind.RATE_LIMITED,
                    Kind.OVERLOADED,
                    Kind.TIMEOUT,
                    Kind.NETWORK,
                    Kind.GARBAGE,
                    Kind.CIRCUIT_OPEN,
                    Kind.AUTH);

    private static final Logger log = LoggerFactory.getLogger(RoutedChatModels.class);

    private final Endpoints endpoints;
    private final Map<ModelReference, ModelPrice> prices;
    private final Retrying retrying;
    private final CallMeters meters;

    RoutedChatModels(
            Endpoints endpoints,
            Map<ModelReference, ModelPrice> prices,
            Retrying retrying,
            CallMeters meters) {
        this.endpoints = endpoints;
        this.prices = Map.copyOf(prices);
        this.retrying = retrying;
        this.meters = meters;
    }

    @Override
    public boolean knows(ModelReference model) {
        return endpoints.knows(model);
    }

    @Override
    public Reply chat(ChatRequest request, ChatListener listener)
            throws ModelException, InterruptedException {
        Tally tally = retrying.begin();
        try {
            Reply reply = call(request, tally, listener);
            meters.callAnswered(request.model());
            return reply;
        } catch (ModelException failure) {
            meters.callFailed(request.model(), failure.kind());
            throw failure.withTotals(tally.calls(), unsettled(request, tally));
        }
    }

    private Reply call(ChatRequest request, Tally tally, ChatListener listener)
            throws ModelException, InterruptedException {
        try {
            Endpoint.Attempted attempted =
                    retrying.chat(endpoint(request.model()), request, tally, listener);
            return reply(request, request.model(), null, attempted, tally);
        } catch (ModelException first) {
            ModelReference standIn = standIn(request.model(), first, tally);
            if (standIn == null) {
                throw first;
            }
            meters.failedOver(request.model(), standIn, first.kind());
            log.warn(
                    "another model is asked in its place model={} standIn={} reason={}",
                    request.model(),
                    standIn,
                    first.kind().label());
            listener.retrying(tally.attempts(), first, Duration.ZERO);
            try {
                Endpoint.Attempted attempted =
                        retrying.chat(endpoint(standIn), request.to(standIn), tally, listener);
                return reply(request, standIn, standIn, attempted, tally);
            } catch (ModelException second) {
                throw second.after(first);
            }
        }
    }

    /** Null if nobody is asked in place of this model after this failure. */
    private @Nullable ModelReference standIn(
            ModelReference model, ModelException failure, Tally tally) {
        return FAIL_OVER.contains(failure.kind()) && retrying.mayGoOn(tally, Duration.ZERO)
                ? endpoints.failover(model).orElse(null)
                : null;
    }

    private Endpoint endpoint(ModelReference model) throws ModelException {
        return endpoints
                .of(model)
                .orElseThrow(() ->
                        new ModelException(
                                Kind.UNKNOWN_MODEL,
                                "There is no provider for %s; configured are %s"
                                        .formatted(model, String.join(", ", endpoints.providers())),
                                null,
                                0,
                                null));
    }

    private Reply reply(
            ChatRequest request,
            ModelReference answering,
            @Nullable ModelReference standIn,
            Endpoint.Attempted attempted,
            Tally tally) {
        ProviderReply reply = attempted.reply();
        return new Reply(
                reply.text(),
                reply.model(),
                reply.finishReason(),
                reply.tokens().in(),
                reply.tokens().out(),
                price(answering).cost(reply.tokens()),
                attempted.latency(),
                tally.calls() + 1,
                reply.tokens().cachedIn(),
                unsettled(request, tally).add(untold(price(answering), request, reply)),
                standIn);
    }

    /**
     * The most that an answer can cost beside what its provider told: nobody counted, but somebody
     * charges. No request and no answer is without tokens, so a count of 0 is none. Where a request
     * sets no bound, every byte of the answer counts as a token, which bounds what was said but not
     * what was thought.
     */
    private static BigDecimal untold(ModelPrice price, ChatRequest request, ProviderReply reply) {
        Tokens told = reply.tokens();
        return price.worstCase(
                told.in() > 0 ? 0 : PromptBound.tokens(request.messages()),
                told.out() > 0
                        ? 0
                        : requireNonNullElseGet(
                                request.maxTokens(),
                                () -> reply.text().getBytes(StandardCharsets.UTF_8).length));
    }

    @Override
    public Optional<BigDecimal> worstCaseCost(ChatRequest request) {
        boolean free =
                price(request.model()).free()
                        && endpoints
                                .failover(request.model())
                                .map(this::price)
                                .map(ModelPrice::free)
                                .orElse(true);
        return request.maxTokens() == null && !free
                ? Optional.empty()
                : Optional.of(charge(request).multiply(BigDecimal.valueOf(retrying.maxCharged())));
    }

    @Override
    public ModelPrice price(ModelReference model) {
        return prices.getOrDefault(model, ModelPrice.FREE);
    }

    private BigDecimal unsettled(ChatRequest request, Tally tally) {
        return charge(request).multiply(BigDecimal.valueOf(tally.charged()));
    }

    /** The most that an attempt can cost, at whoever it is made. */
    private BigDecimal charge(ChatRequest request) {
        BigDecimal own = charge(price(request.model()), request);
        return endpoints
                .failover(request.model())
                .map(standIn -> charge(price(standIn), request).max(own))
                .orElse(own);
    }

    /** Only the request, if its reply has no bound. */
    private static BigDecimal charge(ModelPrice price, ChatRequest request) {
        Integer maxTokens = request.maxTokens();
        return price.worstCase(
                PromptBound.tokens(request.messages()), maxTokens == null ? 0 : maxTokens);
    }
}
