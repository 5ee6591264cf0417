package dev.battlestream.system;

import java.nio.file.Path;
import java.util.Locale;

/** The services of the platform. */
enum ServiceKind {
    RUNNER,
    JUDGE,
    REPORT,
    GATEWAY;

    /** The name in file names and addresses. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path jar(Path root) {
        String artifact = label() + "-service";
        return root.resolve(artifact).resolve("target").resolve(artifact + ".jar");
    }
}
