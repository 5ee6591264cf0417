package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.runner.battle.Battle;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.adapter.stored.StoredBattle;
import dev.battlestream.runner.battle.adapter.stored.StoredMessage;
import dev.battlestream.schemas.StoredAvro;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What the runner keeps of the battles of one task: only those in flight, and a marker of those
 * that ended.
 */
final class BattleStores {

    private static final String BATTLES = "battles";
    private static final String REQUESTS = "requests";
    private static final String TRANSCRIPT = "transcript";
    private static final String ENDED = "ended";

    /** At most 50 messages make a battle, so two digits keep the order. */
    private static final int MAX_SEQ = 99;

    private final KeyValueStore<String, StoredBattle> battles;
    private final KeyValueStore<String, BattleRequested> requests;
    private final KeyValueStore<String, StoredMessage> transcript;
    private final EndedMarkers ended;

    BattleStores(ProcessorContext<?, ?> context) {
        battles = context.getStateStore(BATTLES);
        requests = context.getStateStore(REQUESTS);
        transcript = context.getStateStore(TRANSCRIPT);
        ended = new EndedMarkers(context.getStateStore(ENDED));
    }

    static List<StoreBuilder<?>> builders() {
        return List.of(
                TaskStores.store(BATTLES, StoredFormats.of(StoredBattle.class)),
                TaskStores.store(REQUESTS, StoredAvro.of(BattleRequested.class)),
                TaskStores.store(TRANSCRIPT, StoredFormats.of(StoredMessage.class)),
                TaskStores.store(ENDED, Serdes.Long()));
    }

    Battle battle(String battleId) {
        StoredBattle running = battles.get(battleId);
        if (running != null) {
            return StoredBattles.battle(running);
        }
        return ended.endedAt(battleId).<Battle>map(Battle.Ended::new).orElse(Battle.UNKNOWN);
    }

    void put(String battleId, Battle battle) {
        if (battle.equals(Battle.UNKNOWN)) {
            battles.delete(battleId);
            deleteTranscript(battleId);
        } else {
            battles.put(battleId, StoredBattles.store(battle));
        }
    }

    void putRequest(String battleId, BattleRequested request) {
        requests.put(battleId, request);
    }

    /**
     * @throws IllegalStateException if the battle is not in flight
     */
    BattleRequested request(String battleId) {
        BattleRequested request = requests.get(battleId);
        if (request == null) {
            throw new IllegalStateException("no request kept for battle " + battleId);
        }
        return request;
    }

    void keep(String battleId, int seq, Speaker speaker, String content) {
        transcript.put(messageKey(battleId, seq), new StoredMessage(speaker.name(), content));
    }

    /**
     * The messages before {@code seq}, in order. Asked for one by one: a range scan walks over what
     * was deleted of other battles as well, so that it would cost more with each battle that ended.
     *
     * @throws IllegalStateException if one of them was not kept
     */
    List<StoredMessage> messagesBefore(String battleId, int seq) {
        List<StoredMessage> messages = new ArrayList<>(seq);
        for (int s = 1; s < seq; s++) {
            StoredMessage message = transcript.get(messageKey(battleId, s));
            if (message == null) {
                throw new IllegalStateException(
                        "message %d of battle %s was not kept".formatted(s, battleId));
            }
            messages.add(message);
        }
        return messages;
    }

    /** Deletes all that was kept of the battle and leaves the marker. */
    void end(String battleId, Instant at) {
        battles.delete(battleId);
        requests.delete(battleId);
        deleteTranscript(battleId);
        ended.put(battleId, at);
    }

    /** With the messages that came early and were never reached. */
    private void deleteTranscript(String battleId) {
        for (int seq = 1; seq <= MAX_SEQ; seq++) {
            String key = messageKey(battleId, seq);
            if (transcript.get(key) != null) {
                transcript.delete(key);
            }
        }
    }

    void forEachBattle(BiConsumer<String, Battle> action) {
        try (KeyValueIterator<String, StoredBattle> all = battles.all()) {
            all.forEachRemaining(
                    entry -> action.accept(entry.key, StoredBattles.battle(entry.value)));
        }
    }

    /** Forgets markers of battles that ended before {@code horizon}; a part with each call. */
    void forgetEndedBefore(Instant horizon) {
        ended.forgetBefore(horizon);
    }

    private static String messageKey(String battleId, int seq) {
        return battleId + '/' + (char) ('0' + seq / 10) + (char) ('0' + seq % 10);
    }
}
