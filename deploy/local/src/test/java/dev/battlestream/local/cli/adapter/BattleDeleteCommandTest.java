package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BattleDeleteCommandTest {

    private static final String ID = "00000000-0000-4000-8000-000000000001";
    private static final String BATTLE = "/api/battles/" + ID;

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayDouble gateway;

    @BeforeEach
    void listen() {
        gateway = new GatewayDouble(folder);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aBattleIsDeletedWithoutAQuestionIfThatIsMeant() {
        gateway.answer(BATTLE, 202, "{\"acknowledged\":true,\"state\":\"completed\"}");

        var ran = gateway.run("battle", "delete", ID, "--yes");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(ID + " is deleted");
        assertThat(gateway.calls().getLast().method()).isEqualTo("DELETE");
    }

    @Test
    void programsReadTheGatewaysAnswer() {
        gateway.answer(BATTLE, 202, "{\"acknowledged\":true,\"state\":\"completed\"}");

        var ran = gateway.run("battle", "delete", ID, "-y", "--json");

        assertThat(JsonMapper.shared().readTree(ran.out()).path("acknowledged").asBoolean())
                .isTrue();
    }

    @Test
    void whereNobodyCanBeAskedNothingIsDeleted() {
        gateway.answer(BATTLE, 200, "{\"state\":\"completed\"}");

        var ran = gateway.run("battle", "delete", ID);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Nothing was deleted; --yes deletes without asking");
        assertThat(gateway.calls()).noneMatch(call -> call.method().equals("DELETE"));
    }

    @Test
    void refusalsHaveTheCodesOfTheOtherCommands() {
        assertThat(gateway.run("battle", "delete", ID, "--yes").code()).isEqualTo(4);
        assertThat(gateway.run("battle", "delete", "no-uuid", "--yes").code()).isEqualTo(2);
        gateway.answer(
                BATTLE,
                409,
                "{\"status\":409,\"code\":\"battle_running\",\"title\":\"The battle has not ended\"}");
        assertThat(gateway.run("battle", "delete", ID, "--yes").code()).isEqualTo(5);
        gateway.close();
        assertThat(gateway.run("battle", "delete", ID, "--yes").code()).isEqualTo(3);
    }
}
