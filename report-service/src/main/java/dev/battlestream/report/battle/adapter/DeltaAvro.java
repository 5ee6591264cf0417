package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.TurnDelta;
import dev.battlestream.report.battle.Delta;
import org.jspecify.annotations.Nullable;

/** Reads the records of the delta topic. */
final class DeltaAvro {

    private DeltaAvro() {}

    /** Why a record cannot be told; null if it can. */
    static DeltaDrops.@Nullable Reason refuse(String key, TurnDelta record) {
        if (!key.equals(record.getBattleId())
                || record.getSeq() < 1
                || record.getAttempt() < 1
                || record.getIndex() < 0) {
            return DeltaDrops.Reason.INVALID;
        }
        return switch (record.getKind()) {
            case TEXT -> refuseText(record);
            case RETRY -> null;
        };
    }

    private static DeltaDrops.@Nullable Reason refuseText(TurnDelta record) {
        if (record.getText().isEmpty()) {
            return DeltaDrops.Reason.INVALID;
        }
        boolean sane =
                record.getOffset() >= 0
                        && record.getOffset() <= Integer.MAX_VALUE - record.getText().length();
        return sane ? null : DeltaDrops.Reason.NO_OFFSET;
    }

    /** What a record says that is not refused. */
    static Delta delta(TurnDelta record) {
        return switch (record.getKind()) {
            case TEXT ->
                    new Delta.Text(
                            record.getSeq(),
                            record.getTurn(),
                            record.getAttempt(),
                            record.getIndex(),
                            record.getOffset(),
                            record.getText());
            case RETRY ->
                    new Delta.Retry(
                            record.getSeq(),
                            record.getTurn(),
                            record.getAttempt(),
                            record.getIndex());
        };
    }
}
