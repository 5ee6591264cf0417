package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.exchange.FieldError;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the tests of starts read a body. */
abstract class StartContract {

    static List<Map<String, String>> contains(int count) {
        return Collections.nCopies(count, Map.of("type", "contains", "pattern", "x"));
    }

    static Map<String, Object> labels(int count) {
        Map<String, Object> labels = new HashMap<>();
        for (int i = 0; i < count; i++) {
            labels.put("l" + i, "x");
        }
        return labels;
    }

    static Map<String, Object> validator(String type, String pattern) {
        return Map.of(
                "judge", Map.of("validators", List.of(Map.of("type", type, "pattern", pattern))));
    }

    static StartBattle accepted(@Nullable Object body) {
        return switch (StartForm.read(body, Caps.CONTRACT, AllowedModels.ALL)) {
            case StartReading.Accepted accepted -> accepted.start();
            case StartReading.Refused refused -> throw new AssertionError(refused.toString());
            case StartReading.ModelNotAllowed none -> throw new AssertionError(none.toString());
        };
    }

    static List<FieldError> refused(@Nullable Object body) {
        return switch (StartForm.read(body, Caps.CONTRACT, AllowedModels.ALL)) {
            case StartReading.Accepted accepted -> throw new AssertionError(accepted.toString());
            case StartReading.Refused refused -> refused.errors();
            case StartReading.ModelNotAllowed none -> throw new AssertionError(none.toString());
        };
    }
}
