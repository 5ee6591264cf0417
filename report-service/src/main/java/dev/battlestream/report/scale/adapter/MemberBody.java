package dev.battlestream.report.scale.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.RunSpecification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A member of a run as JSON, and a line of its table. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemberBody(
        int index,
        String battleId,
        @Nullable String variant,
        String state,
        @Nullable String reason,
        @Nullable String failureClass,
        @Nullable Integer turns,
        @Nullable String costUsd,
        @Nullable Long durationMs,
        Instant launchedAt,
        @Nullable Instant endedAt) {

    /**
     * The JSON of a member.
     *
     * @param specification of its run; null until the request is seen
     */
    static MemberBody of(Member member, @Nullable RunSpecification specification) {
        RunSpecification.RunVariant variant =
                specification == null ? null : specification.variant(member.index());
        String name = variant == null ? null : variant.name();
        MemberResult result = member.result();
        return result == null ? running(member, name) : ended(member, name, result);
    }

    private static MemberBody running(Member member, @Nullable String variant) {
        return new MemberBody(
                member.index(),
                member.battleId(),
                variant,
                "running",
                null,
                null,
                null,
                null,
                null,
                member.launchedAt(),
                null);
    }

    private static MemberBody ended(Member member, @Nullable String variant, MemberResult result) {
        Failure failure = result.failure();
        return new MemberBody(
                member.index(),
                member.battleId(),
                variant,
                "ended",
                Spelling.name(result.reason()),
                failure == null ? null : Spelling.name(failure.cause()),
                result.turns(),
                Spelling.money(result.used().total().costUsd()),
                result.durationMs(),
                member.launchedAt(),
                result.endedAt());
    }
}
