package dev.battlestream.effects;

import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Says in every log line of a thread which battle it is about and what caused it. A thread that
 * serves one effect enters once; one that serves many things leaves again.
 */
public final class LogContext {

    private static final String BATTLE = "battleId";
    private static final String TRACE = "traceId";
    private static final String REQUEST = "requestId";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private LogContext() {}

    /**
     * From now on the thread's lines name these. Anybody may write to the log of events: what could
     * break a line of this one is left out, as is what is empty.
     */
    public static void enter(String battleId, String traceId, String requestId) {
        put(BATTLE, battleId);
        put(TRACE, traceId);
        put(REQUEST, requestId);
    }

    /** From now on they name nothing. */
    public static void leave() {
        MDC.remove(BATTLE);
        MDC.remove(TRACE);
        MDC.remove(REQUEST);
    }

    private static void put(String key, String value) {
        if (SANE.matcher(value).matches()) {
            MDC.put(key, value);
        } else {
            MDC.remove(key);
        }
    }
}
