package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.report.Archive;
import dev.battlestream.gateway.report.BattleList;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists battles over HTTP. */
@RestController
final class BattleListController {

    private static final List<String> PARAMETERS =
            List.of("state", "agentId", "runId", "from", "to", "cursor", "limit");

    private final Archive archive;

    BattleListController(Archive archive) {
        this.archive = archive;
    }

    @GetMapping(path = "/api/battles", produces = MediaType.APPLICATION_JSON_VALUE)
    BattleList list(HttpServletRequest request) {
        return archive.list(
                Exchanges.parameters(request, PARAMETERS), Exchanges.correlation(request));
    }
}
