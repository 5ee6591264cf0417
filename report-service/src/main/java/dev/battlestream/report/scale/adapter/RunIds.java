package dev.battlestream.report.scale.adapter;

import dev.battlestream.policy.MemberIds;
import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.scale.RunEvent;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which texts are ids of runs, and which battles are their members. */
public final class RunIds {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private RunIds() {}

    /** Whether the text is a UUID in its only form, of 36 characters in lower case. */
    static boolean isOne(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Why an event is of no member of its run; null if it is. Only the battles that follow from a
     * run's id are its own, as for the runner.
     */
    public static @Nullable DropReason refuse(String runId, RunEvent.OfMember event) {
        if (event.index() < 1) {
            return DropReason.BAD_PLACE;
        }
        String member = MemberIds.of(UUID.fromString(runId), event.index()).toString();
        return member.equals(event.battleId()) ? null : DropReason.FOREIGN_MEMBER;
    }
}
