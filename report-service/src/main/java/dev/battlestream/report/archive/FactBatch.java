package dev.battlestream.report.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Facts that are written together: of each battle and each run at most one request and one outcome,
 * the first.
 *
 * @param asked requests for battles in the order of the log
 * @param finished outcomes of battles in the order of the log
 * @param runsAsked requests for runs in the order of the log
 * @param runsFinished outcomes of runs in the order of the log
 * @param repeated how many facts were left out because an earlier one of the batch counts
 */
public record FactBatch(
        List<Fact.Asked> asked,
        List<Fact.Finished> finished,
        List<Fact.RunAsked> runsAsked,
        List<Fact.RunFinished> runsFinished,
        int repeated) {

    public FactBatch {
        asked = List.copyOf(asked);
        finished = List.copyOf(finished);
        runsAsked = List.copyOf(runsAsked);
        runsFinished = List.copyOf(runsFinished);
    }

    /** The facts of a stretch of the log, those of each topic in its order. */
    public static FactBatch of(List<? extends Fact> facts) {
        Map<UUID, Fact.Asked> asked = new LinkedHashMap<>();
        Map<UUID, Fact.Finished> finished = new LinkedHashMap<>();
        Map<UUID, Fact.RunAsked> runsAsked = new LinkedHashMap<>();
        Map<UUID, Fact.RunFinished> runsFinished = new LinkedHashMap<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Asked request -> asked.putIfAbsent(request.battleId(), request);
                case Fact.Finished outcome -> finished.putIfAbsent(outcome.battleId(), outcome);
                case Fact.RunAsked request -> runsAsked.putIfAbsent(request.runId(), request);
                case Fact.RunFinished outcome -> runsFinished.putIfAbsent(outcome.runId(), outcome);
            }
        }
        return new FactBatch(
                new ArrayList<>(asked.values()),
                new ArrayList<>(finished.values()),
                new ArrayList<>(runsAsked.values()),
                new ArrayList<>(runsFinished.values()),
                facts.size()
                        - asked.size()
                        - finished.size()
                        - runsAsked.size()
                        - runsFinished.size());
    }

    /** How many facts there are to write. */
    public int size() {
        return asked.size() + finished.size() + runsAsked.size() + runsFinished.size();
    }

    /** The same facts, each in a batch of its own. */
    public List<FactBatch> singly() {
        return Stream.of(asked, finished, runsAsked, runsFinished)
                .flatMap(List::stream)
                .map(fact -> of(List.of(fact)))
                .toList();
    }
}
