package dev.battlestream.report.archive;

import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.scale.RunSpecification;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Text of a foreign writer as the database can keep it: without the character U+0000, which
 * PostgreSQL refuses, and no longer than an index entry may be.
 */
final class KeptText {

    /** Characters of a name, as the contract has it. */
    static final int MOST_IN_NAME = 200;

    private static final int MOST_IN_DETAIL = 1_000;

    private KeptText() {}

    /** All of the text. */
    static String whole(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static String name(String text) {
        return kept(text, MOST_IN_NAME);
    }

    static String detail(String text) {
        return kept(text, MOST_IN_DETAIL);
    }

    static Message of(Message message) {
        return new Message(
                message.seq(),
                message.turn(),
                message.speaker(),
                whole(message.content()),
                whole(message.model()),
                message.tokensIn(),
                message.tokensOut(),
                message.costUsd(),
                message.latencyMs(),
                message.calls(),
                message.producedAt(),
                message.failed(),
                wholeOrNull(message.answeredBy()));
    }

    static Verdict of(Verdict verdict) {
        return new Verdict(
                verdict.turn(),
                verdict.seq(),
                verdict.answer(),
                verdict.decidedBy(),
                verdict.confidence(),
                all(verdict.criteriaApplied()),
                whole(verdict.reason()),
                wholeOrNull(verdict.model()),
                verdict.tokensIn(),
                verdict.tokensOut(),
                verdict.costUsd(),
                verdict.latencyMs(),
                verdict.issuedAt(),
                verdict.stages().stream().map(KeptText::of).toList(),
                verdict.progress());
    }

    private static Verdict.StageAnswer of(Verdict.StageAnswer said) {
        return new Verdict.StageAnswer(
                said.stage(),
                said.answer(),
                said.confidence(),
                whole(said.reason()),
                wholeOrNull(said.model()),
                said.tokensIn(),
                said.tokensOut(),
                said.costUsd(),
                said.latencyMs(),
                said.calls(),
                all(said.criteriaApplied()),
                wholeOrNull(said.promptVersion()),
                said.attempt(),
                said.progress(),
                wholeOrNull(said.answeredBy()));
    }

    static RunSpecification of(RunSpecification asked) {
        Map<String, String> labels = new TreeMap<>();
        asked.labels().forEach((name, value) -> labels.put(whole(name), whole(value)));
        return new RunSpecification(
                asked.digest(),
                name(asked.agentId()),
                name(asked.model()),
                asked.messageLimit(),
                asked.runCount(),
                asked.concurrency(),
                asked.variants().stream()
                        .map(variant ->
                                new RunSpecification.RunVariant(
                                        whole(variant.name()), whole(variant.model())))
                        .toList(),
                asked.seed(),
                asked.budgetUsd(),
                asked.timeout(),
                labels);
    }

    private static List<String> all(List<String> texts) {
        return texts.stream().map(KeptText::whole).toList();
    }

    private static @Nullable String wholeOrNull(@Nullable String text) {
        return text == null ? null : whole(text);
    }

    private static String kept(String text, int most) {
        String shortened = text;
        if (text.length() > most) {
            // Half of a surrogate pair is no text.
            int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
            shortened = text.substring(0, end);
        }
        return whole(shortened);
    }
}
