package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.VerdictPage;
import java.util.Optional;
import java.util.UUID;

/** Reads battles from the report service's views. */
final class ReportClient implements Reports {

    private final ReportHttp http;

    ReportClient(ReportHttp http) {
        this.http = http;
    }

    @Override
    public Optional<BattleStatus> status(UUID battleId, Correlation correlation) {
        return get("/internal/battles/" + battleId, BattleStatus.class, correlation);
    }

    @Override
    public Optional<MessagePage> messages(
            UUID battleId, int sinceSeq, int limit, Correlation correlation) {
        return get(
                "/internal/battles/%s/messages?sinceSeq=%d&limit=%d"
                        .formatted(battleId, sinceSeq, limit),
                MessagePage.class,
                correlation);
    }

    @Override
    public Optional<VerdictPage> verdicts(
            UUID battleId, int sinceTurn, int limit, Correlation correlation) {
        return get(
                "/internal/battles/%s/verdicts?sinceTurn=%d&limit=%d"
                        .formatted(battleId, sinceTurn, limit),
                VerdictPage.class,
                correlation);
    }

    private <T> Optional<T> get(String path, Class<T> type, Correlation correlation) {
        ReportHttp.Answer answer = http.get(path, correlation);
        if (answer.status() == 410) {
            throw Reports.unknown();
        }
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.as(type));
    }
}
