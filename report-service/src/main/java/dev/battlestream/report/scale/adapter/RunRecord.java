package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;

/**
 * A record of the log, read.
 *
 * @param event what it says
 * @param at where it stands: the offset is the one after it
 */
record RunRecord(RunEvent event, Run.AsOf at) {}
