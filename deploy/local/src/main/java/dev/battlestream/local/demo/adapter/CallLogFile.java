package dev.battlestream.local.demo.adapter;

import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.demo.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The scripted models' own count of calls: one JSON object on each line. */
final class CallLogFile {

    private final Path file;

    CallLogFile(Path file) {
        this.file = file;
    }

    /** The calls of one battle, in order; none while the file does not exist. */
    List<Call> callsOf(UUID battle) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.contains(battle.toString()))
                    .map(BattleJson::parse)
                    .map(CallLogFile::call)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The call log " + file + " cannot be read", e);
        }
    }

    private static Call call(JsonNode line) {
        return new Call(
                line.path("conversation").asString(""),
                line.path("turn").asInt(0),
                line.path("attempt").asInt(1));
    }
}
