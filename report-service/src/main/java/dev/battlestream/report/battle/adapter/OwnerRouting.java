package dev.battlestream.report.battle.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets a request through to this instance's controllers if it owns the battle, and hands it on to
 * the owner otherwise. A request that was handed on already stays: two instances that disagree
 * during an assignment must not play ball with it.
 */
final class OwnerRouting implements HandlerInterceptor {

    static final String PATH_ID = "id";

    private final Views views;
    private final Hops hops;

    OwnerRouting(Views views, Hops hops) {
        this.views = views;
        this.hops = hops;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        return switch (views.owner(battleId(request))) {
            case Views.Owner.Here _ -> true;
            case Views.Owner.There(var host) -> {
                if (request.getHeader(Hops.HEADER) != null) {
                    throw new ViewUnavailableException("the battle is changing its owner");
                }
                hops.to(host, request, response);
                yield false;
            }
            case Views.Owner.Nobody _ ->
                    throw new ViewUnavailableException("partitions are being assigned");
        };
    }

    private static String battleId(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> map && map.get(PATH_ID) instanceof String id) {
            return id;
        }
        throw new IllegalStateException("a routed path names the battle as {" + PATH_ID + "}");
    }
}
