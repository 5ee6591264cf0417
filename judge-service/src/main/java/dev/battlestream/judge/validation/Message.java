package dev.battlestream.judge.validation;

import dev.battlestream.policy.BoundedJson;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message that is checked, and its JSON, which is read once and only if somebody asks. */
final class Message {

    /** Values in a message's JSON; one with more is not looked at. */
    static final int MAX_NODES = 5_000;

    private static final Pattern FENCE =
            Pattern.compile("^[ \\t]*+(?:```|~~~)[^\\n]*+\\n?", Pattern.MULTILINE);

    private final String text;
    private BoundedJson.@Nullable Reading json;

    Message(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The whole message as JSON, or else the content of its only fenced code block. */
    BoundedJson.Reading json() {
        BoundedJson.Reading read = json;
        if (read == null) {
            read = BoundedJson.read(text, MAX_NODES);
            if (read instanceof BoundedJson.Reading.NotJson) {
                read = fenced(text).map(block -> BoundedJson.read(block, MAX_NODES)).orElse(read);
            }
            json = read;
        }
        return read;
    }

    private static Optional<String> fenced(String text) {
        Matcher fence = FENCE.matcher(text);
        if (!fence.find()) {
            return Optional.empty();
        }
        int from = fence.end();
        if (!fence.find()) {
            return Optional.empty();
        }
        int to = fence.start();
        return fence.find() ? Optional.empty() : Optional.of(text.substring(from, to));
    }
}
