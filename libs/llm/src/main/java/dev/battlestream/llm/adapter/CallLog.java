package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripted models' own count of the calls made to them, read from the file that {@code
 * scripted.call-log} names. Attempts are counted, not replies.
 *
 * @param calls in the order in which they were written
 */
public record CallLog(List<Call> calls) {

    private static final Pattern LINE =
            Pattern.compile(
                    "\\{\"at\":\"([^\"]+)\",\"model\":\"([^\"]+)\",\"conversation\":\"([^\"]+)\",\"turn\":(\\d+),\"attempt\":(\\d+)}");

    /**
     * One attempt that reached a scripted model.
     *
     * @param at when it started
     * @param turn the reply asked for, from 1
     * @param attempt within its call, from 1; a call repeated after a crash starts at 1 again
     */
    public record Call(
            Instant at, ModelReference model, String conversation, int turn, int attempt) {}

    public CallLog {
        calls = List.copyOf(calls);
    }

    /**
     * Reads the log as it is now; a file that is not there yet holds no calls, and a line still
     * being written is left for the next reading.
     *
     * @throws IOException if the file cannot be read or is no call log
     */
    public static CallLog read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return new CallLog(List.of());
        }
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        try {
            return new CallLog(whole.lines().map(CallLog::call).toList());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no call log: " + e.getMessage(), e);
        }
    }

    /** All calls for one conversation. */
    public int count(String conversation) {
        return Math.toIntExact(
                calls.stream().filter(c -> c.conversation().equals(conversation)).count());
    }

    /** The calls for one conversation to one model. */
    public int count(String conversation, ModelReference model) {
        return Math.toIntExact(
                calls.stream()
                        .filter(c -> c.conversation().equals(conversation))
                        .filter(c -> c.model().equals(model))
                        .count());
    }

    /** The number of calls to each model. */
    public Map<ModelReference, Integer> byModel() {
        return calls.stream().collect(Collectors.toMap(Call::model, c -> 1, Integer::sum));
    }

    /** The number of calls for each conversation, sorted by its id. */
    public Map<String, Integer> byConversation() {
        return calls.stream()
                .collect(Collectors.toMap(Call::conversation, c -> 1, Integer::sum, TreeMap::new));
    }

    private static Call call(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a line of it is something else");
        }
        return new Call(
                Instant.parse(parts.group(1)),
                ModelReference.parse(parts.group(2)),
                parts.group(3),
                Integer.parseInt(parts.group(4)),
                Integer.parseInt(parts.group(5)));
    }
}
