package dev.battlestream.llm.playbook;

import static dev.battlestream.llm.Conversations.atTurn;
import static dev.battlestream.llm.Conversations.limited;
import static dev.battlestream.llm.Conversations.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.playbook.Performance.Ending;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaybookTest {

    private static final Latency LATENCY =
            new Latency(Duration.ofMillis(300), Duration.ofMillis(150));

    @Test
    void repliesComeInOrderAndThenFromTheGivenOneAgain() {
        Playbook playbook = playbook(List.of("one", "two", "three"), 2, List.of());

        assertThat(IntStream.rangeClosed(1, 7).mapToObj(turn -> said(playbook, turn).text()))
                .containsExactly("one", "two", "three", "two", "three", "two", "three");
    }

    @Test
    void theTurnsNumberIsFilledIn() {
        assertThat(said(playbook(List.of("step {turn}"), 1, List.of()), 12).text())
                .isEqualTo("step 12");
    }

    @Test
    void theSameCallTakesTheSameTimeAndOthersTakeOthers() {
        Playbook playbook = playbook(List.of("one"), 1, List.of());

        assertThat(latency(playbook, "battle-1", 1)).isEqualTo(latency(playbook, "battle-1", 1));
        assertThat(latency(playbook, "battle-1", 1)).isNotEqualTo(latency(playbook, "battle-1", 2));
        assertThat(latency(playbook, "battle-1", 1)).isNotEqualTo(latency(playbook, "battle-2", 1));
    }

    @Test
    void latenciesFillTheirRangeAndDoNotLeaveIt() {
        Playbook playbook = playbook(List.of("one"), 1, List.of());
        List<Duration> drawn =
                IntStream.range(0, 1000)
                        .mapToObj(i -> latency(playbook, "battle-" + i, 1))
                        .toList();

        assertThat(drawn)
                .allMatch(l -> l.toMillis() >= 150 && l.toMillis() <= 450)
                .anyMatch(l -> l.toMillis() < 180)
                .anyMatch(l -> l.toMillis() > 420);
        assertThat(drawn.stream().mapToLong(Duration::toMillis).average().orElseThrow())
                .isBetween(285.0, 315.0);
    }

    @Test
    void theScaleStretchesLatencyAndZeroRemovesIt() {
        Playbook playbook = playbook(List.of("one"), 1, List.of());
        ChatRequest request = atTurn("scripted:test", "b", 1);

        assertThat(playbook.perform(request, 1, 0).latency()).isZero();
        assertThat(playbook.perform(request, 1, 2).latency())
                .isBetween(Duration.ofMillis(300), Duration.ofMillis(900));
    }

    @Test
    void deltasAreTheReplyWordByWord() {
        Performance performance =
                playbook(List.of("Let us  see, then."), 1, List.of())
                        .perform(atTurn("scripted:test", "b", 1), 1, 1);

        assertThat(performance.deltas()).containsExactly("Let ", "us  ", "see, ", "then.");
    }

    @Test
    void aFailureStrikesOnlyItsTurnAndAttempt() {
        Playbook playbook =
                playbook(
                        List.of("one"),
                        1,
                        List.of(new ScriptedFailure(2, 1, Kind.OVERLOADED, "503", 0, null)));

        assertThat(ending(playbook, 2, 1)).isInstanceOf(Ending.Failed.class);
        assertThat(ending(playbook, 2, 2)).isInstanceOf(Ending.Said.class);
        assertThat(ending(playbook, 1, 1)).isInstanceOf(Ending.Said.class);
    }

    @Test
    void aFailureCanComeAfterAPartOfTheReply() {
        Playbook playbook =
                playbook(
                        List.of("one two three four"),
                        1,
                        List.of(new ScriptedFailure(null, null, Kind.NETWORK, "cut", 2, null)));
        Performance whole =
                playbook(List.of("one two three four"), 1, List.of())
                        .perform(atTurn("scripted:test", "b", 1), 1, 1);
        Performance cut = playbook.perform(atTurn("scripted:test", "b", 1), 1, 1);

        assertThat(cut.deltas()).containsExactly("one ", "two ");
        assertThat(cut.latency()).isEqualTo(whole.latency().dividedBy(2));
    }

    @Test
    void aTokenIsFourCharactersAndAMessageFourTokensMore() {
        assertThat(TokenCount.of("")).isZero();
        assertThat(TokenCount.of("1234")).isEqualTo(1);
        assertThat(TokenCount.of("12345")).isEqualTo(2);
        ProviderReply reply = said(playbook(List.of("12345678"), 1, List.of()), 1);

        // "You are a helpful agent." is 6 tokens, "Question 1" is 3, and 4 for each of the two.
        assertThat(reply.tokens().in()).isEqualTo(17);
        assertThat(reply.tokens().out()).isEqualTo(2);
    }

    @Test
    void theTokenLimitCutsTheReply() {
        Playbook playbook = playbook(List.of("123456789"), 1, List.of());
        ChatRequest request = atTurn("scripted:test", "b", 1);

        assertThat(playbook.perform(limited(request, 2), 1, 1).ending())
                .isInstanceOfSatisfying(
                        Ending.Said.class,
                        said -> {
                            assertThat(said.reply().text()).isEqualTo("12345678");
                            assertThat(said.reply().tokens().out()).isEqualTo(2);
                            assertThat(said.reply().finishReason()).isEqualTo(FinishReason.LENGTH);
                        });
        assertThat(playbook.perform(limited(request, 3), 1, 1).ending())
                .isInstanceOfSatisfying(
                        Ending.Said.class,
                        said ->
                                assertThat(said.reply().finishReason())
                                        .isEqualTo(FinishReason.STOP));
    }

    @Test
    void aSeedTakesThePlaceOfTheBattle() {
        Playbook playbook = playbook(List.of("one"), 1, List.of());

        assertThat(seededLatency(playbook, "battle-1", 7))
                .isEqualTo(seededLatency(playbook, "battle-2", 7))
                .isNotEqualTo(seededLatency(playbook, "battle-1", 8))
                .isNotEqualTo(latency(playbook, "battle-1", 1));
    }

    private static Duration seededLatency(Playbook playbook, String conversation, long seed) {
        return playbook.perform(seeded(atTurn("scripted:test", conversation, 1), seed), 1, 1)
                .latency();
    }

    @Test
    void aPlaybookThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> playbook(List.of(), 1, List.of())).hasMessageContaining("replies");
        assertThatThrownBy(() -> playbook(List.of("one"), 2, List.of()))
                .hasMessageContaining("repeatFrom");
        assertThatThrownBy(() -> new Latency(Duration.ofMillis(1), Duration.ofMillis(2)))
                .hasMessageContaining("spread");
    }

    private static Playbook playbook(
            List<String> replies, int repeatFrom, List<ScriptedFailure> failures) {
        return new Playbook(
                "test",
                "A test.",
                ModelPrice.FREE,
                LATENCY,
                true,
                failures,
                List.of(),
                replies,
                repeatFrom,
                null);
    }

    private static Duration latency(Playbook playbook, String conversation, int turn) {
        return playbook.perform(atTurn("scripted:test", conversation, turn), 1, 1).latency();
    }

    private static Ending ending(Playbook playbook, int turn, int attempt) {
        return playbook.perform(atTurn("scripted:test", "b", turn), attempt, 1).ending();
    }

    private static ProviderReply said(Playbook playbook, int turn) {
        return switch (ending(playbook, turn, 1)) {
            case Ending.Said(ProviderReply reply) -> reply;
            case Ending.Failed(ScriptedFailure failure) -> throw new AssertionError(failure);
        };
    }
}
