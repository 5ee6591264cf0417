package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.adapter.stored.StoredMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation as the one who speaks next sees it: what that side said is the assistant's, what
 * the other side said is the user's. Where nobody stands between two messages of the assistant, a
 * short prompt does, because most providers want the two to take turns.
 */
final class Conversation {

    private static final String BEGIN = "Begin.";
    private static final String CONTINUE = "Continue.";

    private Conversation() {}

    static List<ChatMessage> seenBy(
            Speaker speaker, BattleRequested request, List<StoredMessage> transcript) {
        List<ChatMessage> messages = new ArrayList<>();
        String instructions =
                switch (speaker) {
                    case AGENT -> agentInstructions(request);
                    case OPPONENT -> request.getOpponent().getSystemPrompt();
                };
        if (!instructions.isBlank()) {
            messages.add(new ChatMessage(Role.SYSTEM, instructions));
        }
        for (OpeningMessage opening : request.getOpening()) {
            Speaker said =
                    opening.getRole() == OpeningRole.AGENT ? Speaker.AGENT : Speaker.OPPONENT;
            add(messages, said == speaker, opening.getContent());
        }
        for (StoredMessage message : transcript) {
            add(messages, message.getSpeaker().equals(speaker.name()), message.getContent());
        }
        if (messages.isEmpty() || messages.getLast().role() != Role.USER) {
            messages.add(prompt(messages));
        }
        return messages;
    }

    private static String agentInstructions(BattleRequested request) {
        if (request.getGoal().isBlank()) {
            return request.getSystemPrompt();
        }
        String goal = "Your goal: " + request.getGoal();
        return request.getSystemPrompt().isBlank()
                ? goal
                : request.getSystemPrompt() + "\n\n" + goal;
    }

    private static void add(List<ChatMessage> messages, boolean own, String content) {
        if (own && (messages.isEmpty() || messages.getLast().role() != Role.USER)) {
            messages.add(prompt(messages));
        }
        messages.add(new ChatMessage(own ? Role.ASSISTANT : Role.USER, content));
    }

    private static ChatMessage prompt(List<ChatMessage> before) {
        boolean begun = !before.isEmpty() && before.getLast().role() == Role.ASSISTANT;
        return new ChatMessage(Role.USER, begun ? CONTINUE : BEGIN);
    }
}
