package dev.battlestream.llm.playbook;

import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Role;
import dev.battlestream.llm.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The script of one model.
 *
 * <p>Each turn says the reply of its number; after the last one the replies from {@code repeatFrom}
 * on come again. A rule that applies goes before that, a failure before everything.
 *
 * @param name 1 to 60 small letters, digits and hyphens
 * @param about one sentence for a catalogue of models
 * @param streamed whether replies arrive word by word
 * @param rules the first that applies decides
 * @param replies at least one; {@code {turn}} in one becomes the turn's number
 * @param repeatFrom the number of a reply, from 1
 * @param length every reply is repeated or cut to this many characters; as written if absent
 */
public record Playbook(
        String name,
        String about,
        ModelPrice price,
        Latency latency,
        boolean streamed,
        List<ScriptedFailure> failures,
        List<Rule> rules,
        List<String> replies,
        int repeatFrom,
        @Nullable Integer length) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern BEFORE_A_WORD = Pattern.compile("(?<=\\s)(?=\\S)");
    private static final int LONGEST = 1_000_000;

    /**
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Playbook {
        failures = List.copyOf(failures);
        rules = List.copyOf(rules);
        replies = List.copyOf(replies);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a playbook's name is 1 to 60 small letters, digits and hyphens");
        }
        if (replies.isEmpty() || replies.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a playbook has replies, and none is blank");
        }
        if (repeatFrom < 1 || repeatFrom > replies.size()) {
            throw new IllegalArgumentException(
                    "repeatFrom is the number of a reply, 1 to " + replies.size());
        }
        if (length != null && (length < 1 || length > LONGEST)) {
            throw new IllegalArgumentException("length is 1 to " + LONGEST + " characters");
        }
    }

    /**
     * What this attempt looks like; the same for the same arguments.
     *
     * @param attempt from 1
     * @param latencyScale multiplies the latency, 0 for none
     */
    public Performance perform(ChatRequest request, int attempt, double latencyScale) {
        int turn = request.turn();
        String line = line(request.messages(), turn);
        FinishReason finish = FinishReason.STOP;
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null && TokenCount.of(line) > maxTokens) {
            line = line.substring(0, maxTokens * TokenCount.CHARACTERS_PER_TOKEN);
            finish = FinishReason.LENGTH;
        }
        Duration whole = latency.draw(seed(source(request), turn, attempt), latencyScale);
        List<String> deltas = streamed ? List.of(BEFORE_A_WORD.split(line)) : List.of();
        Optional<ScriptedFailure> failure =
                failures.stream().filter(f -> f.strikes(turn, attempt)).findFirst();
        if (failure.isPresent()) {
            return failing(failure.get(), whole, deltas);
        }
        ProviderReply reply =
                new ProviderReply(
                        line,
                        name,
                        finish,
                        Tokens.uncached(TokenCount.of(request.messages()), TokenCount.of(line)));
        return new Performance(whole, deltas, new Performance.Ending.Said(reply));
    }

    private static String source(ChatRequest request) {
        return request.seed() == null ? request.conversation() : "seed " + request.seed();
    }

    private static Performance failing(
            ScriptedFailure failure, Duration whole, List<String> deltas) {
        int heard = Math.min(failure.afterDeltas(), deltas.size());
        Duration until =
                heard == 0 ? Duration.ZERO : whole.multipliedBy(heard).dividedBy(deltas.size());
        return new Performance(
                until, deltas.subList(0, heard), new Performance.Ending.Failed(failure));
    }

    private String line(List<ChatMessage> messages, int turn) {
        String asked =
                messages.reversed().stream()
                        .filter(m -> m.role() == Role.USER)
                        .map(ChatMessage::content)
                        .findFirst()
                        .orElse("");
        String line =
                rules.stream()
                        .filter(rule -> asked.contains(rule.lastUserMessageContains()))
                        .map(Rule::reply)
                        .findFirst()
                        .orElseGet(() -> replies.get(indexOf(turn)))
                        .replace("{turn}", String.valueOf(turn));
        return length == null
                ? line
                : line.repeat(Math.ceilDiv(length, line.length())).substring(0, length);
    }

    private int indexOf(int turn) {
        if (turn <= replies.size()) {
            return turn - 1;
        }
        int repeated = replies.size() - repeatFrom + 1;
        return repeatFrom - 1 + (turn - replies.size() - 1) % repeated;
    }

    /** The bits of a seed need no quality of their own: SplittableRandom mixes them. */
    private long seed(String conversation, int turn, int attempt) {
        long seed = name.hashCode();
        seed = 31 * 0x1_0000_01b3L * seed + conversation.hashCode();
        seed = 0x1_0000_01b3L * seed + turn;
        return 0x1_0000_01b3L * seed + attempt;
    }
}
