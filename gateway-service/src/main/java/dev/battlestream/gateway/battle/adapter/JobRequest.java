package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.specific.SpecificRecord;

/**
 * How the requests of a kind of job are written.
 *
 * @param topic where they are published
 * @param encoding how the outbox keeps them until then
 */
public record JobRequest<V extends SpecificRecord>(
        JobKind kind, Topic<V> topic, StoredAvro<V> encoding) {

    /** Battles. */
    public static final JobRequest<BattleRequested> BATTLE =
            new JobRequest<>(
                    JobKind.BATTLE, Topics.BATTLE_REQUESTS, StoredAvro.of(BattleRequested.class));

    /** Scale runs. */
    public static final JobRequest<ScaleRunRequested> RUN =
            new JobRequest<>(
                    JobKind.RUN, Topics.SCALE_REQUESTS, StoredAvro.of(ScaleRunRequested.class));

    static JobRequest<?> of(JobKind kind) {
        return switch (kind) {
            case BATTLE -> BATTLE;
            case RUN -> RUN;
        };
    }

    /**
     * The same for two requests that ask for the same.
     *
     * @param request without what tells them apart although they do: who asks, when and its id
     */
    public String fingerprint(V request) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(encoding.encode(request)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
