package dev.battlestream.gateway.access.adapter;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains the refusal to start in place of a stack trace. */
final class ExposureAnalyzer extends AbstractFailureAnalyzer<ExposedWithoutKeysException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ExposedWithoutKeysException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Leave server.address at 127.0.0.1, or make API keys (battlestream key new) and set"
                        + " them as battlestream.access.keys, or, if it is meant that everybody may"
                        + " use it (for example inside a container whose port is published to"
                        + " loopback only), set"
                        + " battlestream.access.allow-unauthenticated-remote=true.",
                cause);
    }
}
