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
import java.time.Duration;
import java.util.EnumSet;
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
