package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.ViewUnavailableException;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the view of one run. Every method throws {@link ViewUnavailableException} when the view of
 * its partition is not on this instance or not ready.
 */
public interface RunReads {

    /** The run; null for an unknown one. */
    @Nullable Run run();

    /** Its members that have been launched, by index. */
    List<Member> members();
}
