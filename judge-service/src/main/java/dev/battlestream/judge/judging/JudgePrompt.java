package dev.battlestream.judge.judging;

import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * The question to a judging model. What to do stands in the system message; the user message is the
 * text to be judged, as data and nothing else.
 *
 * <p>Without a goal and a rubric the model is asked all the same: only it can know what it looks
 * for (a scripted judge does), and a real one is told to say no when nothing was asked for.
 */
final class JudgePrompt {

    /** Characters of an unusable answer that its model is shown again. */
    private static final int MAX_SHOWN = 2_000;

    private JudgePrompt() {}

    static List<ChatMessage> messages(
            PromptTemplate prompt, String text, String goal, String rubric) {
        StringBuilder system = new StringBuilder(prompt.section("task"));
        if (goal.isBlank() && rubric.isBlank()) {
            system.append(prompt.section("nothing"));
        }
        if (!goal.isBlank()) {
            system.append(prompt.section("goal", "goal", goal.strip()));
        }
        if (!rubric.isBlank()) {
            system.append(prompt.section("rubric", "rubric", rubric.strip()));
        }
        system.append(prompt.section("answer"));
        return List.of(
                new ChatMessage(Role.SYSTEM, system.toString()),
                new ChatMessage(Role.USER, JudgedText.of(text)));
    }

    /** The same question again, behind the answer that cannot be used. */
    static List<ChatMessage> repair(
            PromptTemplate prompt, List<ChatMessage> asked, String answer, String problem) {
        List<ChatMessage> messages = new ArrayList<>(asked);
        messages.add(new ChatMessage(Role.ASSISTANT, shown(answer)));
        messages.add(new ChatMessage(Role.USER, prompt.section("repair", "problem", problem)));
        return messages;
    }

    /** What a stage of this name applies. */
    static List<String> criteria(String stage, String goal, String rubric) {
        List<String> criteria = new ArrayList<>();
        if (!goal.isBlank()) {
            criteria.add(stage + ":goal");
        }
        if (!rubric.isBlank()) {
            criteria.add(stage + ":rubric");
        }
        return criteria.isEmpty() ? List.of(stage + ":no-goal") : criteria;
    }

    private static String shown(String answer) {
        String shown = answer.length() <= MAX_SHOWN ? answer : answer.substring(0, MAX_SHOWN);
        return shown.isBlank() ? "(no text)" : shown;
    }
}
