package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BattleStartCommandTest {

    private static final String START = "/api/battles/start";
    private static final String ID = "00000000-0000-4000-8000-000000000001";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayDouble gateway;

    @BeforeEach
    void listen() {
        gateway = new GatewayDouble(folder);
        gateway.answer(START, 202, "{\"battleId\":\"" + ID + "\"}");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aSeedIsSentWithAllItsDigits() {
        var ran = gateway.run("battle", "start", "--seed", "-9223372036854775808");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(
                        JsonMapper.shared()
                                .readTree(gateway.calls(START).getFirst().body())
                                .path("seed")
                                .asLong())
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aFileIsSentWithWhatTheOptionsOverride() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("battle.yaml"),
                        "model: scripted:never\nmessageLimit: 9\nlabels: {a: b}\n");

        var ran =
                gateway.run(
                        "battle",
                        "start",
                        "--spec",
                        file.toString(),
                        "--message-limit",
                        "3",
                        "--label",
                        "c=d");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(ID);
        assertThat(JsonMapper.shared().readTree(gateway.calls(START).getFirst().body()))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"model": "scripted:never", "messageLimit": 3,
                                         "labels": {"a": "b", "c": "d"}}
                                        """));
    }

    @Test
    void aFileThatIsWrongIsAUsageErrorThatNamesThePlaceAndStartsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("battle.yaml"), "model: a:b\ngaol: x\n");

        var ran = gateway.run("battle", "start", "--spec", file.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("battle.yaml:2: gaol: is no known field");
        assertThat(gateway.calls()).isEmpty();
    }

    @Test
    void aFileOfEitherKindIsEnough() {
        assertThat(gateway.run("battle", "start", "--spec", "a", "--body", "b").code())
                .isEqualTo(2);
    }
}
