package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Names the battle or run that a path names in every log line of the request. */
final class BattleInLogs implements HandlerInterceptor {

    static final String BATTLE = "battleId";

    static final String RUN = "runId";

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]{36}");

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables) {
            name(BATTLE, variables.get("id"));
            name(RUN, variables.get("runId"));
        }
        return true;
    }

    private static void name(String key, @Nullable Object variable) {
        if (variable instanceof String id && ID.matcher(id).matches()) {
            MDC.put(key, id);
        }
    }
}
