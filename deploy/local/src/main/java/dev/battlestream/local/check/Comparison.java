package dev.battlestream.local.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Where a source says something else than the log. */
public final class Comparison {

    /** What a source keeps of what the log says. */
    public interface Keeping {

        /** All of it, as it is. */
        Keeping WHOLE = (_, value) -> value;

        /** What becomes of a value that the log has for a field. */
        String kept(String field, String value);
    }

    private Comparison() {}

    /** All mismatches of a battle, in the order of its places. */
    public static List<Mismatch> of(Account log, Account found, Keeping keeping) {
        List<Mismatch> mismatches = new ArrayList<>();
        mismatches.addAll(of("status", log.status(), found.status(), log.untold(), keeping));
        mismatches.addAll(rows("message", log.messages(), found.messages(), keeping));
        mismatches.addAll(rows("verdict", log.verdicts(), found.verdicts(), keeping));
        return mismatches;
    }

    /** A battle or run that the log has and the source does not know. */
    public static List<Mismatch> unknown() {
        return List.of(Mismatch.ofRow("status", true));
    }

    private static List<Mismatch> rows(
            String name,
            SortedMap<Integer, Fields> log,
            SortedMap<Integer, Fields> found,
            Keeping keeping) {
        List<Mismatch> mismatches = new ArrayList<>();
        Set<Integer> places = new TreeSet<>(log.keySet());
        places.addAll(found.keySet());
        for (Integer at : places) {
            Fields logged = log.get(at);
            Fields told = found.get(at);
            String place = name + " " + at;
            if (logged == null || told == null) {
                mismatches.add(Mismatch.ofRow(place, logged != null));
            } else {
                mismatches.addAll(of(place, logged, told, Set.of(), keeping));
            }
        }
        return mismatches;
    }

    /**
     * The mismatches of one place.
     *
     * @param untold fields that the log cannot tell
     */
    public static List<Mismatch> of(
            String place, Fields log, Fields found, Set<String> untold, Keeping keeping) {
        List<Mismatch> mismatches = new ArrayList<>();
        Set<String> names = new TreeSet<>(log.values().keySet());
        names.addAll(found.values().keySet());
        names.removeAll(untold);
        for (String name : names) {
            String said = log.values().get(name);
            String logged = said == null ? null : keeping.kept(name, said);
            String told = found.values().get(name);
            if (!Objects.equals(logged, told)) {
                mismatches.add(new Mismatch(place, name, logged, told));
            }
        }
        return mismatches;
    }
}
