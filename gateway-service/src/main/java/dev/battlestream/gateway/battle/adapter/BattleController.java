package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.gateway.battle.StartForm;
import dev.battlestream.gateway.battle.StartReading;
import dev.battlestream.gateway.battle.adapter.BattleStarts.Outcome;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.WaitPreference;
import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.exchange.adapter.JsonBody;
import dev.battlestream.gateway.report.BattleStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts, cancels and deletes battles over HTTP. */
@RestController
@RequestMapping(path = "/api/battles", produces = MediaType.APPLICATION_JSON_VALUE)
final class BattleController {

    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    private final BattleStarts starts;
    private final BattleCancellations cancellations;
    private final BattleDeletions deletions;
    private final JsonBody bodies;
    private final Caps caps;
    private final AllowedModels models;
    private final StartRates rates;
    private final BattleWaits waits;

    BattleController(
            BattleStarts starts,
            BattleCancellations cancellations,
            BattleDeletions deletions,
            JsonBody bodies,
            Caps caps,
            AllowedModels models,
            StartRates rates,
            BattleWaits waits) {
        this.starts = starts;
        this.cancellations = cancellations;
        this.deletions = deletions;
        this.bodies = bodies;
        this.caps = caps;
        this.models = models;
        this.rates = rates;
        this.waits = waits;
    }

    @PostMapping(path = "/start", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> start(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key)
            throws IOException {
        String client = Exchanges.client(request);
        rates.count(client, response);
        StartBattle start =
                switch (StartForm.read(bodies.read(request, response), caps, models)) {
                    case StartReading.Accepted accepted -> accepted.start();
                    case StartReading.ModelNotAllowed refused ->
                            throw RequestProblem.broken(
                                    ProblemCode.MODEL_NOT_ALLOWED, refused.errors());
                    case StartReading.Refused refused ->
                            throw RequestProblem.invalid(refused.errors());
                };
        Correlation correlation = Exchanges.correlation(request);
        Optional<String> checkedKey = IdempotencyKey.checked(key, "battleId", start.battleId());
        Optional<Duration> wait = wait(request);
        // Whoever finds no place to wait is answered at once: a preference is no demand.
        if (wait.isEmpty() || !waits.enter()) {
            return answer(starts.start(start, checkedKey, Optional.empty(), client, correlation));
        }
        try {
            Outcome outcome = starts.start(start, checkedKey, wait, client, correlation);
            // On the response already now, so that a problem has it too.
            response.setHeader(HttpHeaders.LOCATION, outcome.started().links().status());
            response.setHeader(PREFERENCE_APPLIED, "wait=" + wait.get().toSeconds());
            BattleStatus status =
                    waits.await(
                            outcome.started().battleId(),
                            wait.get(),
                            outcome.replayed(),
                            client,
                            correlation);
            return replayed(ResponseEntity.ok(), outcome).body(status);
        } finally {
            waits.leave();
        }
    }

    private Optional<Duration> wait(HttpServletRequest request) {
        return WaitPreference.of(Collections.list(request.getHeaders("Prefer")), waits.longest());
    }

    private static ResponseEntity<Started> answer(Outcome outcome) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(outcome.replayed() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .location(URI.create(outcome.started().links().status()));
        return replayed(answer, outcome).body(outcome.started());
    }

    private static ResponseEntity.BodyBuilder replayed(
            ResponseEntity.BodyBuilder answer, Outcome outcome) {
        return outcome.replayed() ? answer.header(IdempotencyKey.REPLAYED, "true") : answer;
    }

    @PostMapping("/{id}/cancel")
    ResponseEntity<Cancelled> cancel(@PathVariable String id, HttpServletRequest request) {
        return ResponseEntity.accepted()
                .body(
                        cancellations.cancel(
                                BattlePaths.battleId(id),
                                Exchanges.client(request),
                                Exchanges.correlation(request)));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<DeletionAccepted> delete(@PathVariable String id, HttpServletRequest request) {
        return ResponseEntity.accepted()
                .body(
                        deletions.delete(
                                BattlePaths.battleId(id),
                                Exchanges.client(request),
                                Exchanges.correlation(request)));
    }
}
