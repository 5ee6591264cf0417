package dev.battlestream.schemas;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records with something in every kind of field. */
final class Examples {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

    private static final JudgingPolicy POLICY =
            JudgingPolicy.newBuilder()
                    .setValidators(
                            List.of(
                                    Validator.newBuilder()
                                            .setType(ValidatorType.CONTAINS)
                                            .setPattern("grüße")
                                            .build()))
                    .build();

    private Examples() {}

    static TurnProduced turn() {
        return TurnProduced.newBuilder()
                .setBattleId("battle-1")
                .setSeq(1)
                .setTurn(1)
                .setSpeaker(Speaker.AGENT)
                .setContent("Schöne Grüße 👋")
                .setModel("scripted:goal-at-4")
                .setCostUsd(new BigDecimal("0.000123456"))
                .setProducedAt(NOON)
                .setJudging(POLICY)
                .build();
    }

    static BattleRequested request() {
        return BattleRequested.newBuilder()
                .setBattleId("battle-1")
                .setRequestedAt(NOON)
                .setOpening(
                        List.of(
                                OpeningMessage.newBuilder()
                                        .setRole(OpeningRole.AGENT)
                                        .setContent("Hello")
                                        .build()))
                .setBudgetUsd(new BigDecimal("0.500000000"))
                .setJudging(POLICY)
                .setLabels(Map.of("suite", "checkout"))
                .build();
    }
}
