package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.BattleInput.Requested;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that the specifications speak of. */
final class BattleExamples {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String ID = "7b0c6f3e-6f5e-4a57-9a58-2f4c2c2b8a11";
    static final Spent CALL = new Spent(1, 100, 20, new BigDecimal("0.01"));

    static final Caps CAPS =
            new Caps(
                    25,
                    32_768,
                    Duration.ofHours(24),
                    32_000,
                    50,
                    20,
                    1_000,
                    50,
                    200,
                    Duration.ofDays(7),
                    model -> model.isEmpty() || model.startsWith("scripted:"),
                    model -> model.isEmpty() || model.contains(":"),
                    _ -> true);

    private BattleExamples() {}

    static BattleRequest request(int messageLimit) {
        return request(messageLimit, false, null);
    }

    static BattleRequest request(int messageLimit, boolean opponent, @Nullable String budget) {
        return request(messageLimit, opponent, budget, null);
    }

    static BattleRequest request(
            int messageLimit,
            boolean opponent,
            @Nullable String budget,
            @Nullable Integer plateauTurns) {
        return new BattleRequest(
                ID,
                Optional.of(Duration.ZERO),
                "agent",
                "scripted:never",
                "be brief",
                "reach the goal",
                List.of(),
                opponent
                        ? Optional.of(
                                new BattleRequest.OpponentRequest("scripted:never", "", List.of()))
                        : Optional.empty(),
                messageLimit,
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(budget).map(BigDecimal::new),
                600,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(plateauTurns),
                Map.of(),
                Optional.of("somebody"),
                Optional.empty());
    }

    static Requested requested(BattleRequest request) {
        return requested(request, Tariff.FREE);
    }

    static Requested requested(BattleRequest request, Tariff tariff) {
        return new Requested(request, CAPS, () -> tariff, Map.of("x-request-id", "r-1"), NOW);
    }

    /** The same with what it has cost; its message has 9 bytes. */
    static TurnArrived turn(int seq, int turn, Speaker speaker, Spent spent) {
        return new TurnArrived(
                seq,
                turn,
                Optional.of(speaker),
                "message " + seq,
                9,
                100L * seq,
                false,
                spent,
                Optional.empty(),
                NOW);
    }

    /** Of a battle without an opponent. */
    static TurnArrived turn(int seq) {
        return turn(seq, seq, Speaker.AGENT);
    }

    static TurnArrived turn(int seq, int turn, Speaker speaker) {
        return turn(seq, turn, speaker, CALL);
    }

    static TurnArrived failedTurn(int seq) {
        return new TurnArrived(
                seq,
                seq,
                Optional.of(Speaker.AGENT),
                "",
                0,
                0,
                false,
                Spent.NOTHING,
                Optional.of(new Fault(Fault.Blame.PROVIDER, "the provider is down")),
                NOW);
    }

    static VerdictArrived verdict(int turn, Ruling ruling) {
        return verdict(turn, ruling, null);
    }

    static VerdictArrived verdict(int turn, Ruling ruling, @Nullable Double progress) {
        return new VerdictArrived(
                turn,
                ruling,
                Optional.ofNullable(progress),
                CALL,
                Spent.NOTHING,
                Optional.empty(),
                NOW);
    }
}
