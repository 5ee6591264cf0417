package dev.battlestream.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/battles/1, READ",
        "HEAD, /api/battles/1, READ",
        "GET, /api/stream/1, READ",
        "GET, /api/health, READ",
        "POST, /api/battles/start, START",
        "POST, /api/battles/1/cancel, START",
        "POST, /api/scale/start, START",
        "DELETE, /api/battles/1, ADMIN",
        "GET, /actuator/prometheus, ADMIN",
        "GET, /actuator/health, ADMIN",
        "POST, /actuator/health/liveness, ADMIN",
        "GET, /actuator/health/livenessx, ADMIN",
        "GET, /apix, ADMIN",
        "GET, /, ADMIN"
    })
    void whatIsNotListedIsTheOperators(String method, String path, Scope scope) {
        assertThat(Access.of(method, path)).isEqualTo(new Access.Needs(scope));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /actuator/health/liveness",
        "GET, /actuator/health/readiness",
        "GET, /v3/api-docs",
        "GET, /swagger-ui/index.html",
        "GET, /asyncapi.yaml"
    })
    void probesAndDocumentsAreOpen(String method, String path) {
        assertThat(Access.of(method, path)).isEqualTo(new Access.Open());
    }

    @Test
    void onlyReadsOfStreamsAreStreams() {
        assertThat(Access.isStream("GET", "/api/stream/1")).isTrue();
        assertThat(Access.isStream("GET", "/api/battles/1/stream")).isTrue();
        assertThat(Access.isStream("POST", "/api/stream/1")).isFalse();
        assertThat(Access.isStream("GET", "/api/battles/1")).isFalse();
        assertThat(Access.isStream("GET", "/actuator/stream")).isFalse();
    }
}
