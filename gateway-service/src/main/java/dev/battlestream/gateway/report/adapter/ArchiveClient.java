package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.Archive;
import dev.battlestream.gateway.report.BattleList;
import java.util.Map;

/** Lists battles from the report service's archive. */
final class ArchiveClient implements Archive {

    private final ArchiveHttp archive;

    ArchiveClient(ReportHttp http) {
        this.archive = new ArchiveHttp(http);
    }

    @Override
    public BattleList list(Map<String, String> parameters, Correlation correlation) {
        return archive.list("/internal/battles", parameters, BattleList.class, correlation);
    }
}
