package dev.battlestream.local.cli.adapter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "scale",
        description = "Plays many battles of one specification, and tells how they went.",
        mixinStandardHelpOptions = true,
        subcommands = {ScaleStartCommand.class})
final class ScaleCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Output.commandLineOf(spec), "Missing required subcommand");
    }
}
