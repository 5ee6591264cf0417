package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.adapter.Cancelled;
import dev.battlestream.gateway.battle.adapter.IdempotencyKey;
import dev.battlestream.gateway.battle.adapter.StartRates;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.exchange.adapter.JsonBody;
import dev.battlestream.gateway.scale.RunCaps;
import dev.battlestream.gateway.scale.RunForm;
import dev.battlestream.gateway.scale.RunReading;
import dev.battlestream.gateway.scale.StartRun;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts and cancels scale runs over HTTP. */
@RestController
@RequestMapping(path = "/api/scale", produces = MediaType.APPLICATION_JSON_VALUE)
final class RunController {

    private final RunStarts starts;
    private final RunCancellations cancellations;
    private final JsonBody bodies;
    private final Caps caps;
    private final RunCaps runCaps;
    private final AllowedModels models;
    private final StartRates rates;

    RunController(
            RunStarts starts,
            RunCancellations cancellations,
            JsonBody bodies,
            Caps caps,
            RunCaps runCaps,
            AllowedModels models,
            StartRates rates) {
        this.starts = starts;
        this.cancellations = cancellations;
        this.bodies = bodies;
        this.caps = caps;
        this.runCaps = runCaps;
        this.models = models;
        this.rates = rates;
    }

    @PostMapping(path = "/start", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RunStarted> start(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        String client = Exchanges.client(request);
        rates.count(client, response);
        StartRun start =
                switch (RunForm.read(bodies.read(request, response), caps, runCaps, models)) {
                    case RunReading.Accepted accepted -> accepted.start();
                    case RunReading.ModelNotAllowed refused ->
                            throw RequestProblem.broken(
                                    ProblemCode.MODEL_NOT_ALLOWED, refused.errors());
                    case RunReading.Refused refused ->
                            throw RequestProblem.invalid(refused.errors());
                };
        Optional<String> checkedKey = IdempotencyKey.checked(key, "runId", start.runId());
        RunStarts.Outcome outcome =
                starts.start(start, checkedKey, client, Exchanges.correlation(request));
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(outcome.replayed() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .location(URI.create(outcome.started().links().self()));
        if (outcome.replayed()) {
            answer.header(IdempotencyKey.REPLAYED, "true");
        }
        return answer.body(outcome.started());
    }

    @PostMapping("/{runId}/cancel")
    ResponseEntity<Cancelled> cancel(@PathVariable String runId, HttpServletRequest request) {
        return ResponseEntity.accepted()
                .body(
                        cancellations.cancel(
                                RunPaths.runId(runId),
                                Exchanges.client(request),
                                Exchanges.correlation(request)));
    }
}
