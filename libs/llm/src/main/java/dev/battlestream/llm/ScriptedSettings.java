package dev.battlestream.llm;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How playbooks are played.
 *
 * @param latencyScale multiplies every latency, 0 to 100; 1 if absent, 0 for none at all
 * @param callLog the file to which every scripted call adds a line as it starts; none if absent
 * @param playbooks a folder whose {@code *.yaml} files are playbooks too; none if absent
 */
public record ScriptedSettings(
        Double latencyScale, @Nullable Path callLog, @Nullable Path playbooks) {

    public ScriptedSettings {
        latencyScale = latencyScale == null ? 1.0 : latencyScale;
        Refuse.unless(
                latencyScale >= 0 && latencyScale <= 100,
                "scripted.latency-scale must be 0 to 100");
    }

    public static ScriptedSettings defaults() {
        return new ScriptedSettings(1.0, null, null);
    }
}
