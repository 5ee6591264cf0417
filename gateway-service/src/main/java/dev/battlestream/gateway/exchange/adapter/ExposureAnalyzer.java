package dev.battlestream.gateway.exchange.adapter;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains the refusal to start in place of a stack trace. */
final class ExposureAnalyzer extends AbstractFailureAnalyzer<ExposedWithoutKeysException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ExposedWithoutKeysException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Leave server.address at 127.0.0.1, or, if this is meant (for example inside a"
                        + " container whose port is published to loopback only), set"
                        + " battlestream.gateway.allow-unauthenticated-remote=true.",
                cause);
    }
}
