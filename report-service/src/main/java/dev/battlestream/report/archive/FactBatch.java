package dev.battlestream.report.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Facts that are written together: of each battle at most one request and one outcome, the first.
 *
 * @param asked requests in the order of the log
 * @param finished outcomes in the order of the log
 * @param repeated how many facts were left out because an earlier one of the batch counts
 */
public record FactBatch(List<Fact.Asked> asked, List<Fact.Finished> finished, int repeated) {

    public FactBatch {
        asked = List.copyOf(asked);
        finished = List.copyOf(finished);
    }

    /** The facts of a stretch of the log, those of each topic in its order. */
    public static FactBatch of(List<Fact> facts) {
        Map<UUID, Fact.Asked> asked = new LinkedHashMap<>();
        Map<UUID, Fact.Finished> finished = new LinkedHashMap<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Asked request -> asked.putIfAbsent(request.battleId(), request);
                case Fact.Finished outcome -> finished.putIfAbsent(outcome.battleId(), outcome);
            }
        }
        return new FactBatch(
                new ArrayList<>(asked.values()),
                new ArrayList<>(finished.values()),
                facts.size() - asked.size() - finished.size());
    }

    /** How many facts there are to write. */
    public int size() {
        return asked.size() + finished.size();
    }

    /** The same facts, each in a batch of its own. */
    public List<FactBatch> singly() {
        List<FactBatch> single = new ArrayList<>();
        asked.forEach(fact -> single.add(of(List.of(fact))));
        finished.forEach(fact -> single.add(of(List.of(fact))));
        return single;
    }
}
