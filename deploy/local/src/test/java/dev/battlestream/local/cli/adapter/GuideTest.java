package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that README and guides show are those that there are. */
class GuideTest {

    private static final Path ROOT = Path.of("../..");
    private static final String PROGRAM = "./battlestream ";
    private static final Pattern COMMAND = Pattern.compile("^[^`#]*");

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (var guides = Files.list(ROOT.resolve("docs/guides"))) {
            guides.filter(guide -> guide.toString().endsWith(".md")).sorted().forEach(texts::add);
        }
        return texts;
    }

    /** What follows the program's name on its line, up to a comment or the end of the code. */
    private static List<String> commands(Path text) throws IOException {
        List<String> commands = new ArrayList<>();
        // A line that is folded in YAML goes on with more indentation.
        String unfolded = Files.readString(text).replaceAll("\\n +--", " --");
        for (String line : unfolded.lines().toList()) {
            for (int at = line.indexOf(PROGRAM); at >= 0; at = line.indexOf(PROGRAM, at + 1)) {
                var command = COMMAND.matcher(line.substring(at + PROGRAM.length()));
                if (command.find()) {
                    commands.add(command.group().strip());
                }
            }
        }
        return commands;
    }

    @Test
    void everyCommandIsUnderstood() throws IOException {
        List<String> notUnderstood = new ArrayList<>();
        int read = 0;
        for (Path text : texts()) {
            for (String command : commands(text)) {
                read++;
                try {
                    commandLine().parseArgs(arguments(command));
                } catch (CommandLine.ParameterException e) {
                    notUnderstood.add(
                            "%s: %s: %s".formatted(text.getFileName(), command, e.getMessage()));
                }
            }
        }
        assertThat(notUnderstood).isEmpty();
        assertThat(read).isGreaterThan(15);
    }

    @Test
    void everyFileThatACommandReadsIsThere() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path text : texts()) {
            for (String command : commands(text)) {
                List<String> arguments = List.of(arguments(command));
                int spec = arguments.indexOf("--spec");
                if (spec >= 0 && !arguments.get(spec + 1).equals("FILE")) {
                    files.add(arguments.get(spec + 1));
                }
            }
        }
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
    }

    private static CommandLine commandLine() {
        return Battlestream.commandLine(Map.of());
    }

    private static String[] arguments(String command) {
        List<String> arguments = new ArrayList<>();
        var words = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
        while (words.find()) {
            String word = words.group(1) == null ? words.group(2) : words.group(1);
            arguments.add(word.equals("ID") ? "00000000-0000-4000-8000-000000000001" : word);
        }
        return arguments.toArray(String[]::new);
    }
}
