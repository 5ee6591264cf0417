package dev.battlestream.gateway.health.adapter;

import dev.battlestream.gateway.health.HealthReport;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how everything is doing, for people and load balancers alike. */
@RestController
final class HealthController {

    private final Probes probes;

    HealthController(Probes probes) {
        this.probes = probes;
    }

    @GetMapping(path = "/api/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HealthReport> health() {
        HealthReport report = probes.report();
        return ResponseEntity.status(
                        switch (report.status()) {
                            case UP, DEGRADED -> HttpStatus.OK;
                            case DOWN -> HttpStatus.SERVICE_UNAVAILABLE;
                        })
                .cacheControl(CacheControl.noStore())
                .body(report);
    }
}
