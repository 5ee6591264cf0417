package dev.battlestream.effects;

/**
 * The effects of one task, used on its stream thread by the processor that owns the aggregate. What
 * is done here belongs to the transaction in which the current record is processed.
 *
 * @param <P> payload of the effect
 */
public interface DurableEffects<P> extends AutoCloseable {

    /**
     * Records the effect as pending and dispatches it at once if a slot is free; otherwise it waits
     * in order. Starting what is already pending does nothing. The engine forgets an effect when it
     * is completed or cancelled: not to start it once more after that is up to the aggregate.
     *
     * @return false if it was already pending
     */
    boolean start(EffectId id, P payload);

    /**
     * Ends the effect because its event has been read. To be called for <em>every</em> record of
     * the result topic that belongs to this type, welcome or not, and {@link #observed} for the
     * others: reading is also how a newly assigned task learns which results exist already. A call
     * that still runs has lost the race and is interrupted.
     *
     * @return whether it was pending; false for a duplicate, or for a result that is read before
     *     the record that asks for it is processed again
     */
    boolean complete(EffectId id);

    /**
     * Takes note of a record of the result topic that ends no effect of this type: one that was
     * written by others, or that the aggregate has no use for. Without it a newly assigned task may
     * have to wait for the next commit to learn that the record was read.
     */
    void observed();

    /**
     * Ends the effect without a result and interrupts its call. The result of a call that is
     * already being published still arrives, and is then not pending.
     *
     * @return whether it was pending
     */
    boolean cancel(EffectId id);

    /** Whether the effect is recorded and neither completed nor cancelled. */
    boolean isPending(EffectId id);

    /** Lets go of the task. Its running calls go on, publish, and keep their slots until then. */
    @Override
    void close();
}
