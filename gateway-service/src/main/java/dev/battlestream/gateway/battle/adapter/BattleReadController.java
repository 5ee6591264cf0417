package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.exchange.adapter.Tagged;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.VerdictPage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Reads battles over HTTP. */
@RestController
@RequestMapping(path = "/api/battles/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class BattleReadController {

    private final Reports reports;
    private final JsonMapper json;

    BattleReadController(Reports reports, JsonMapper json) {
        this.reports = reports;
        this.json = json;
    }

    @GetMapping({"", "/status"})
    @Nullable ResponseEntity<byte[]> status(@PathVariable String id, ServletWebRequest exchange) {
        UUID battleId = BattlePaths.battleId(id);
        BattleStatus status =
                reports.status(battleId, Exchanges.correlation(exchange.getRequest()))
                        .orElseThrow(BattlePaths::unknown);
        return Tagged.answer(json.writeValueAsBytes(status), exchange);
    }

    @GetMapping("/messages")
    MessagePage messages(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String sinceSeq,
            @RequestParam(required = false) @Nullable String page,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request) {
        UUID battleId = BattlePaths.battleId(id);
        Paging paging = Paging.read("sinceSeq", sinceSeq, page, limit);
        return reports.messages(
                        battleId, paging.since(), paging.limit(), Exchanges.correlation(request))
                .orElseThrow(BattlePaths::unknown);
    }

    @GetMapping("/verdicts")
    VerdictPage verdicts(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String sinceTurn,
            @RequestParam(required = false) @Nullable String limit,
            HttpServletRequest request) {
        UUID battleId = BattlePaths.battleId(id);
        Paging paging = Paging.read("sinceTurn", sinceTurn, null, limit);
        return reports.verdicts(
                        battleId, paging.since(), paging.limit(), Exchanges.correlation(request))
                .orElseThrow(BattlePaths::unknown);
    }
}
