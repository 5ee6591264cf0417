package dev.battlestream.effects;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a log may tell of a fault: the classes of the throwable and its causes and where they were
 * thrown. Not their messages, which may quote what was said in a battle.
 */
public final class FaultTrace {

    private static final int CAUSES = 5;
    private static final int FRAMES = 8;

    private FaultTrace() {}

    /** One line, the outermost throwable first. */
    public static String of(Throwable fault) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable next = fault;
        for (int i = 0; i < CAUSES && next != null; i++) {
            text.append(i == 0 ? "" : " caused by ")
                    .append(next.getClass().getName())
                    .append(Arrays.stream(next.getStackTrace()).limit(FRAMES).toList());
            next = next.getCause();
        }
        return text.toString();
    }
}
