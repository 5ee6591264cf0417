package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.schemas.LogRetention;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSettingsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void saneSettingsAreTaken() {
        assertThat(settings(HERE, false, "report-1", "127.0.0.1:8083").threads()).isEqualTo(1);
    }

    @Test
    void anAddressThatOthersReachMustBeMeant() throws UnknownHostException {
        InetAddress everywhere = InetAddress.getByAddress(new byte[4]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(everywhere, false, "report-1", "report:8083"))
                .withMessageContaining("BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE");
        assertThat(settings(everywhere, true, "report-1", "report:8083").allowRemote()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../elsewhere", "a b"})
    void anInstanceNameThatIsNoFolderNameIsRefused(String instance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(HERE, false, instance, "127.0.0.1:8083"))
                .withMessageContaining("instance");
    }

    @Test
    void anAdvertisedAddressWithoutAPortIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(HERE, false, "report-1", "127.0.0.1:0"))
                .withMessageContaining("advertised");
    }

    @Test
    void aRetentionThatWouldForgetAtOnceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Retention.Terms(
                                Duration.ZERO, Duration.ofDays(1), Duration.ofMinutes(1), 1_000))
                .withMessageContaining("retention");
    }

    @Test
    void aDeletionIsRememberedUntilTheLogHasForgottenItself() {
        ReportSettings settings = settings(HERE, false, "report-1", "127.0.0.1:8083");

        assertThat(settings.retentionTerms().keepMarkersFor())
                .isEqualTo(LogRetention.DEFAULT.deletions());
    }

    @Test
    void aDeletionIsRememberedNoShorterThanABattleStays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Retention.Terms(
                                Duration.ofDays(2),
                                Duration.ofDays(1),
                                Duration.ofMinutes(1),
                                1_000))
                .withMessageContaining("deletion");
    }

    private static ReportSettings settings(
            InetAddress address, boolean allowRemote, String instance, String advertised) {
        return new ReportSettings(
                address,
                allowRemote,
                instance,
                Path.of("state"),
                advertised,
                12,
                (short) 1,
                LogRetention.DEFAULT,
                1,
                Duration.ofDays(30),
                Duration.ofMinutes(1),
                1_000,
                new ReportSettings.Followers(100, Duration.ofSeconds(15), Duration.ofSeconds(10)),
                new ReportSettings.Registry("http://127.0.0.1:8081/apis/registry/v3", true));
    }
}
