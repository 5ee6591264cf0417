/** What the log says about a battle: its status, its messages, its verdicts, and their order. */
@NullMarked
package dev.battlestream.report.battle;

import org.jspecify.annotations.NullMarked;
