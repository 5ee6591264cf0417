package dev.battlestream.llm.playbook;

import dev.battlestream.llm.ProviderReply;
import java.time.Duration;
import java.util.List;

/**
 * One attempt as it is to be played: the deltas evenly over the latency, then the ending.
 *
 * @param latency until the ending
 * @param deltas empty if the playbook does not stream
 */
public record Performance(Duration latency, List<String> deltas, Ending ending) {

    public Performance {
        deltas = List.copyOf(deltas);
    }

    /** How an attempt ends. */
    public sealed interface Ending {

        /** The model answers. */
        record Said(ProviderReply reply) implements Ending {}

        /** The model fails. */
        record Failed(ScriptedFailure failure) implements Ending {}
    }
}
