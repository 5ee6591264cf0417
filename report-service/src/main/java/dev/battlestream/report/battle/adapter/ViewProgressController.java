package dev.battlestream.report.battle.adapter;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says how far the views of this instance are. */
@RestController
final class ViewProgressController {

    private final ViewProgress progress;
    private final String instance;

    ViewProgressController(ViewProgress progress, ReportSettings settings) {
        this.progress = progress;
        this.instance = settings.instance();
    }

    @GetMapping("/internal/views")
    ViewProgress.Body views() {
        return progress.body(instance);
    }
}
