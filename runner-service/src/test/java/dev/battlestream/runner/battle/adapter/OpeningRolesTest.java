package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Opponent;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.adapter.stored.StoredMessage;
import dev.battlestream.schemas.EventSerdes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scripted opening reaches both sides, each with its own part as the assistant's. */
class OpeningRolesTest {

    static {
        // Before the first record is built.
        EventSerdes.trustOwnRecords();
    }

    private static final BattleRequested REQUEST =
            BattleRequested.newBuilder()
                    .setBattleId("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11")
                    .setRequestedAt(Instant.EPOCH)
                    .setSystemPrompt("You are the support.")
                    .setOpening(
                            List.of(
                                    new OpeningMessage(OpeningRole.USER, "Where is my parcel?"),
                                    new OpeningMessage(OpeningRole.AGENT, "Which one?")))
                    .setOpponent(
                            Opponent.newBuilder().setSystemPrompt("You are the customer.").build())
                    .build();

    @Test
    void theAgentHasHeardTheOtherSideAndSaidItsOwn() {
        assertThat(
                        Conversation.seenBy(
                                Speaker.AGENT,
                                REQUEST,
                                List.of(
                                        new StoredMessage("AGENT", "Hello?"),
                                        new StoredMessage("OPPONENT", "The red one."))))
                .containsExactly(
                        new ChatMessage(Role.SYSTEM, "You are the support."),
                        new ChatMessage(Role.USER, "Where is my parcel?"),
                        new ChatMessage(Role.ASSISTANT, "Which one?"),
                        new ChatMessage(Role.USER, "Continue."),
                        new ChatMessage(Role.ASSISTANT, "Hello?"),
                        new ChatMessage(Role.USER, "The red one."));
    }

    @Test
    void theOpponentHasSaidWhatTheAgentHasHeard() {
        assertThat(
                        Conversation.seenBy(
                                Speaker.OPPONENT,
                                REQUEST,
                                List.of(new StoredMessage("AGENT", "Hello?"))))
                .containsExactly(
                        new ChatMessage(Role.SYSTEM, "You are the customer."),
                        new ChatMessage(Role.USER, "Begin."),
                        new ChatMessage(Role.ASSISTANT, "Where is my parcel?"),
                        new ChatMessage(Role.USER, "Which one?"),
                        new ChatMessage(Role.USER, "Hello?"));
    }
}
