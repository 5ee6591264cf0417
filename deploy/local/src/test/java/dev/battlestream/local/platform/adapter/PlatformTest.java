package dev.battlestream.local.platform.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Component.Kind;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

    private static final Set<Component> SERVERS = EnumSet.copyOf(Component.of(Kind.SERVER));

    @TempDir Path folder;
    private Platform platform = new Platform(home(Path.of("")), Map.of());

    @BeforeEach
    void inAnEmptyFolderOnFreePorts() {
        platform = new Platform(home(folder), Map.of());
    }

    @AfterEach
    void nothingIsLeftRunning() {
        platform.down(Progress.NONE);
    }

    private static Home home(Path folder) {
        Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
        return new Home(root, folder, Ports.from(Integer.toString(FreePorts.block(13))));
    }

    @Test
    void theServersComeUpAreFoundComeBackAfterAKillAndGoDown() throws Exception {
        Map<Component, Duration> ready = new ConcurrentHashMap<>();
        Set<Component> started = platform.up(SERVERS, noting(ready));

        assertThat(started).isEqualTo(SERVERS);
        assertThat(ready).containsOnlyKeys(SERVERS);
        assertThat(topics()).contains("battle.requests", "battle.turns", "battle.requests.dlt");
        Platform another = new Platform(platform.home(), Map.of());
        assertThat(another.up(SERVERS, Progress.NONE)).as("a second up").isEmpty();

        Map<String, String> noPorts = Map.of(Home.SETTING, folder.toString());
        assertThat(Home.from(noPorts).ports()).isEqualTo(platform.home().ports());
        Home otherPorts = new Home(platform.home().root(), folder, Ports.from("20000"));
        assertThatThrownBy(() -> new Platform(otherPorts, Map.of()).up(SERVERS, Progress.NONE))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(Ports.SETTING + "=" + platform.home().ports().setting());

        assertThat(platform.kill(Component.KAFKA)).isTrue();
        assertThat(platform.standings().get(Component.KAFKA)).isInstanceOf(Standing.Dead.class);
        assertThat(platform.standings().get(Component.REGISTRY)).isInstanceOf(Standing.Ready.class);
        assertThat(platform.up(SERVERS, Progress.NONE)).containsExactly(Component.KAFKA);
        assertThat(topics()).contains(Topics.BATTLE_TURNS.name());

        assertThat(another.down(Progress.NONE)).isEqualTo(SERVERS);
        assertThat(platform.standings().values()).allMatch(Standing.Stopped.class::isInstance);
        for (Component server : SERVERS) {
            assertThat(Probe.accepts(platform.home().ports().of(server))).isFalse();
        }
    }

    @Test
    void theAnalystsLoginHasThePasswordOfTheLastStartAndMayDoNothing() throws Exception {
        platform.up(Set.of(Component.POSTGRES), Progress.NONE);
        analyst("analyst", "battlestream").close();

        String password = "it's \"another\" \\ one";
        Map<String, String> environment = Map.of(AnalystLogin.PASSWORD_SETTING, password);
        new Platform(platform.home(), environment).up(Set.of(Component.POSTGRES), Progress.NONE);

        assertThatThrownBy(() -> analyst("analyst", "battlestream"))
                .hasMessageContaining("password authentication failed");
        for (String other : List.of("registry", "postgres")) {
            assertThatThrownBy(() -> analyst(password, other))
                    .hasMessageContaining("permission denied for database");
        }
        try (Connection analyst = analyst(password, "battlestream");
                Statement statement = analyst.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE TEMPORARY TABLE mine (a integer)"))
                    .hasMessageContaining("read-only transaction");
            statement.execute("SET default_transaction_read_only = off");
            for (String write :
                    List.of(
                            "CREATE TEMPORARY TABLE mine (a integer)",
                            "CREATE TABLE public.mine (a integer)",
                            "SELECT lo_from_bytea(0, 'x')",
                            "SET temp_file_limit = -1")) {
                assertThatThrownBy(() -> statement.execute(write))
                        .as(write)
                        .hasMessageContaining("permission denied");
            }
            try (ResultSet shown =
                    statement.executeQuery(
                            "SELECT current_setting('statement_timeout'), current_setting('temp_file_limit'),"
                                    + " pg_has_role('battlestream_analyst', 'USAGE')")) {
                assertThat(shown.next()).isTrue();
                assertThat(shown.getString(1)).isEqualTo("1min");
                assertThat(shown.getString(2)).isEqualTo("2GB");
                assertThat(shown.getBoolean(3)).isTrue();
            }
        }
    }

    private Connection analyst(String password, String database) throws SQLException {
        return DriverManager.getConnection(
                platform.home().ports().jdbcUrl(database), AnalystLogin.USER, password);
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() throws IOException {
        int port = platform.home().ports().of(Component.REGISTRY);
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> platform.up(SERVERS, Progress.NONE))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("port " + port + " (registry) is in use")
                    .hasMessageContaining(Ports.SETTING);
        }
        assertThat(platform.standings().values())
                .as("nothing was started")
                .allMatch(Standing.Stopped.class::isInstance);
        assertThat(Home.from(Map.of(Home.SETTING, folder.toString())).ports())
                .as("the next try starts anew")
                .isEqualTo(Ports.from(null));
    }

    @Test
    void aServiceThatIsNotBuiltIsNamed() {
        Home elsewhere = new Home(folder, folder, platform.home().ports());

        assertThatThrownBy(() ->
                        new Platform(elsewhere, Map.of())
                                .up(Set.of(Component.JUDGE), Progress.NONE))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("judge is not built")
                .hasMessageContaining("judge-service.jar");
    }

    private Set<String> topics() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", platform.home().ports().bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private static Progress noting(Map<Component, Duration> ready) {
        return new Progress() {
            @Override
            public void ready(Component component, Duration took) {
                ready.put(component, took);
            }

            @Override
            public void note(String line) {
                throw new AssertionError(line);
            }
        };
    }
}
