package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The views end up the same whatever the order in which the topics are read, as long as each topic
 * keeps its own, and wherever a crash makes them read again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterleavingsTest {

    private static final ViewsDriver.Contents EMPTY =
            new ViewsDriver.Contents(Map.of(), Map.of(), Map.of());

    private final ViewsDriver views = new ViewsDriver(Stores::inMemoryKeyValueStore);

    @AfterAll
    void close() {
        views.close();
    }

    static List<Long> seeds() {
        return new Random(20_260_301).longs(400).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInterleavingOfTheTopicsGivesTheSameViews(long seed) {
        Random random = new Random(seed);
        BattleLog log = BattleLog.random(random);
        ViewsDriver.Contents expected = topicByTopic(log);

        views.restore(EMPTY);
        int[] at = new int[log.topics().size()];
        while (readOne(log, at, random)) {}

        assertThat(views.contents()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readingAgainFromAnyPointGivesTheSameViews(long seed) {
        Random random = new Random(seed);
        BattleLog log = BattleLog.random(random);
        ViewsDriver.Contents expected = topicByTopic(log);

        views.restore(EMPTY);
        int[] at = new int[log.topics().size()];
        for (int rewind = 0; rewind < 5; rewind++) {
            read(log, at, random.nextInt(12), random);
            for (int topic = 0; topic < at.length; topic++) {
                at[topic] = random.nextInt(at[topic] + 1);
            }
        }
        while (readOne(log, at, random)) {}

        assertThat(views.contents()).isEqualTo(expected);
    }

    /**
     * A crash throws each store back to a state of its own, any between the last commit and the
     * crash: their changelogs are written independently. Then everything since the commit is read
     * again, in another interleaving.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void aCrashThatThrowsTheStoresBackApartIsRepaired(long seed) {
        Random random = new Random(seed);
        BattleLog log = BattleLog.random(random);
        ViewsDriver.Contents expected = topicByTopic(log);

        views.restore(EMPTY);
        int[] at = new int[log.topics().size()];
        for (int crash = 0; crash < 3; crash++) {
            read(log, at, random.nextInt(8), random);
            int[] committed = at.clone();
            List<ViewsDriver.Contents> since = new ArrayList<>(List.of(views.contents()));
            for (int step = random.nextInt(10); step > 0; step--) {
                readOne(log, at, random);
                since.add(views.contents());
            }
            views.restore(
                    new ViewsDriver.Contents(
                            oneOf(since, random).statuses(),
                            oneOf(since, random).messages(),
                            oneOf(since, random).verdicts()));
            at = committed;
        }
        while (readOne(log, at, random)) {}

        assertThat(views.contents()).isEqualTo(expected);
    }

    private ViewsDriver.Contents topicByTopic(BattleLog log) {
        views.restore(EMPTY);
        log.topics().forEach(topic -> topic.forEach(this::publish));
        return views.contents();
    }

    private void read(BattleLog log, int[] at, int steps, Random random) {
        for (int step = 0; step < steps; step++) {
            readOne(log, at, random);
        }
    }

    /** Reads the next record of any topic; answers whether there was one. */
    private boolean readOne(BattleLog log, int[] at, Random random) {
        int[] open =
                IntStream.range(0, at.length)
                        .filter(topic -> at[topic] < log.topics().get(topic).size())
                        .toArray();
        if (open.length == 0) {
            return false;
        }
        int topic = open[random.nextInt(open.length)];
        publish(log.topics().get(topic).get(at[topic]++));
        return true;
    }

    private void publish(BattleLog.Entry entry) {
        views.publish(EventAvro.battleId(entry.record()), entry.record(), entry.at());
    }

    private static ViewsDriver.Contents oneOf(List<ViewsDriver.Contents> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
