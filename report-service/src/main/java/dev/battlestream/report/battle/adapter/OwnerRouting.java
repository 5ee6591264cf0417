package dev.battlestream.report.battle.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets a request through to this instance's controllers if it owns the battle or run, and hands it
 * on to the owner otherwise. A request that was handed on already stays: two instances that
 * disagree during an assignment must not play ball with it.
 */
public final class OwnerRouting implements HandlerInterceptor {

    /** What a routed path calls the id by which it is routed. */
    public static final String PATH_ID = "id";

    private final Owners owners;
    private final String store;
    private final Hops hops;

    /**
     * @param store by whose placing it is routed
     */
    public OwnerRouting(Owners owners, String store, Hops hops) {
        this.owners = owners;
        this.store = store;
        this.hops = hops;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        return switch (owners.owner(store, id(request))) {
            case Owners.Owner.Here _ -> true;
            case Owners.Owner.There(var host) -> {
                if (request.getHeader(Hops.HEADER) != null) {
                    throw new ViewUnavailableException("the partition is changing its owner");
                }
                hops.to(host, request, response);
                yield false;
            }
            case Owners.Owner.Nobody _ ->
                    throw new ViewUnavailableException("partitions are being assigned");
        };
    }

    private static String id(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> map && map.get(PATH_ID) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("a routed path names what it is of as {" + PATH_ID + "}");
    }
}
