package dev.battlestream.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs a benchmark against a platform that is already up; {@code bench/run} brings one up. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {TurnOverhead.class, SlowModels.class, SseViewers.class, ArchiveReads.class})
public final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
