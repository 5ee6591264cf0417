package dev.battlestream.report.archive;

import dev.battlestream.report.scale.Run;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Facts that are written together: the first of each identity, and all messages and verdicts, of
 * which {@link Admission} says in their order which count.
 *
 * @param facts those of each topic in its order
 * @param readings up to where the log is read with them, for each run and topic
 * @param repeated how many facts were left out because an earlier one of the batch counts
 */
public record FactBatch(List<Fact> facts, List<Reading> readings, int repeated) {

    /** Up to where a run's topic is read. */
    public record Reading(UUID runId, Run.AsOf asOf) {}

    /**
     * What of equal facts only the first counts by.
     *
     * @param ordinal tells facts apart that are never equal
     */
    private record Identity(Class<? extends Fact> kind, UUID id, int place, int ordinal) {

        private static Identity of(Fact fact, int number) {
            boolean placed = fact instanceof Fact.Played || fact instanceof Fact.Judged;
            return new Identity(fact.getClass(), fact.id(), fact.place(), placed ? number : 0);
        }
    }

    private record Topic(UUID runId, String name) {}

    public FactBatch {
        facts = List.copyOf(facts);
        readings = List.copyOf(readings);
    }

    /** The facts of a stretch of the log, those of each topic in its order. */
    public static FactBatch of(Collection<? extends Fact> all) {
        Map<Identity, Fact> first = new LinkedHashMap<>();
        Map<Topic, Reading> readings = new LinkedHashMap<>();
        int number = 0;
        for (Fact fact : all) {
            first.putIfAbsent(Identity.of(fact, number++), fact);
            if (fact instanceof Fact.OfRun ofRun) {
                readings.merge(
                        new Topic(ofRun.runId(), ofRun.asOf().topic()),
                        new Reading(ofRun.runId(), ofRun.asOf()),
                        FactBatch::further);
            }
        }
        return new FactBatch(
                List.copyOf(first.values()),
                List.copyOf(readings.values()),
                all.size() - first.size());
    }

    private static Reading further(Reading one, Reading other) {
        return one.asOf().offset() >= other.asOf().offset() ? one : other;
    }

    /** The facts of a kind, in their order. */
    public <F extends Fact> List<F> of(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The same facts, each in a batch of its own. */
    public List<FactBatch> singly() {
        return facts.stream().map(fact -> of(List.of(fact))).toList();
    }
}
