package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.schemas.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code battlestream battle start --dry-run} as somebody types it: the worst case, and no battle.
 *
 * <p>Worked out by hand, as docs/guides/money.md says it. A prompt counts 64 tokens, 16 more for
 * each message and one for each byte; each call counts twice, for two attempts that may be charged.
 *
 * <pre>
 * a message           100 tokens, 800 bytes; with its frame and that of a prompt such as Continue.: 841
 * agent, 2.50/10.00   64 + (16 + 49 bytes of instructions) + (16 + Begin.) = 151 before any message;
 *                     151 + 2 * 841 = 1833 before the second turn, 151 + 4 * 841 = 3515 before the third
 *                     2 * (5499 * 2.50 + 300 * 10.00) / 1,000,000                       = 0.033495
 * opponent, 0.15/0.60 64 + (16 + 19) + (16 + 6) = 121; 121 + 841 = 962, 121 + 3 * 841 = 2644
 *                     2 * (3606 * 0.15 + 200 * 0.60) / 1,000,000                        = 0.0013218
 * judge, 0.05/0.20    64 + 16 + 6000 of its own + 16 of the goal + 800 = 6896, and 16896 for a repair
 *                     3 * 2 * (23792 * 0.05 + 2 * 512 * 0.20) / 1,000,000               = 0.0083664
 * </pre>
 */
@Timeout(400)
@DisabledOnOs(OS.WINDOWS)
class DryRunTest {

    private static final String AGENT = "0.033495";
    private static final String OPPONENT = "0.0013218";
    private static final String JUDGE = "0.0083664";

    /** The strong judge costs what the fast one does. */
    private static final String TOTAL = "0.0515496";

    private static final String BODY =
            """
            {
              "systemPrompt": "You are the support.",
              "opponent": {"model": "scripted:never", "systemPrompt": "You are a customer."},
              "maxTokensPerTurn": 100,
              "judge": {"fast": {"model": "scripted:judge"}}
            }
            """;

    /** Where the command line looks for the runner: so many ports above the first. */
    private static final int RUNNER_ABOVE_BASE = 4;

    private final Platform platform = Platform.shared();

    @TempDir private Path folder;

    @BeforeEach
    void aRunner() {
        platform.with(ServiceKind.RUNNER);
    }

    @Test
    void theWorstCaseIsPrintedByRole() throws Exception {
        assertThat(dryRun())
                .containsExactly(
                        "worst case   USD",
                        "agent        " + AGENT,
                        "opponent     " + OPPONENT,
                        "fast judge   " + JUDGE,
                        "strong judge " + JUDGE,
                        "total        " + TOTAL);
    }

    @Test
    void aBudgetIsAllThatItCosts() throws Exception {
        assertThat(dryRun("--budget", "0.02"))
                .contains("total        " + TOTAL)
                .endsWith("with budget  0.02");
    }

    @Test
    void programsReadTheSame() throws Exception {
        JsonNode answer = new ObjectMapper().readTree(String.join("\n", dryRun("--json")));

        JsonNode roles = answer.path("worstCaseUsd");
        assertThat(roles.path("agent").asText()).isEqualTo(AGENT);
        assertThat(roles.path("opponent").asText()).isEqualTo(OPPONENT);
        assertThat(roles.path("fastJudge").asText()).isEqualTo(JUDGE);
        assertThat(roles.path("strongJudge").asText()).isEqualTo(JUDGE);
        assertThat(answer.path("totalUsd").asText()).isEqualTo(TOTAL);
    }

    /** What is printed; meanwhile nobody has asked for a battle, and no model was called. */
    private List<String> dryRun(String... more) throws Exception {
        long requests = platform.written(Topics.BATTLE_REQUESTS);
        long calls = platform.service(ServiceKind.RUNNER).calls();

        List<String> lines = printed(more);

        assertThat(platform.written(Topics.BATTLE_REQUESTS)).isEqualTo(requests);
        assertThat(platform.service(ServiceKind.RUNNER).calls()).isEqualTo(calls);
        return lines;
    }

    private List<String> printed(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("battle", "start", "--dry-run"));
        arguments.addAll(List.of("--model", Platform.pricedModel(), "--message-limit", "3"));
        arguments.addAll(List.of("--goal", "Find the parcel."));
        arguments.addAll(
                List.of("--body", Files.writeString(folder.resolve("b.json"), BODY).toString()));
        arguments.addAll(List.of(more));
        return CommandLine.printed(platform, folder, base(), arguments.toArray(String[]::new));
    }

    private int base() {
        return URI.create(platform.service(ServiceKind.RUNNER).url()).getPort() - RUNNER_ABOVE_BASE;
    }
}
