package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BattleIdsTest {

    @Test
    void theSameKeyOfTheSameClientIsTheSameBattle() {
        UUID id = BattleIds.ofKey("address:127.0.0.1", "order-1");

        assertThat(BattleIds.ofKey("address:127.0.0.1", "order-1")).isEqualTo(id);
        assertThat(BattleIds.ofKey("address:127.0.0.1", "order-2")).isNotEqualTo(id);
        assertThat(BattleIds.ofKey("address:127.0.0.2", "order-1")).isNotEqualTo(id);
    }

    @Test
    void anIdOfAKeyIsANameBasedUuid() {
        UUID id = BattleIds.ofKey("client", "key");

        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void anIdOfAKeyNeverChangesBetweenVersions() {
        assertThat(BattleIds.ofKey("client", "key"))
                .as("a repeat after an upgrade must find its battle")
                .isEqualTo(UUID.fromString("fc6e0d4c-7e83-55c9-bfdf-e0b6337c27ec"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0d9f6c1e5a524e0a9d3a0c6a1a4b7e11",
                "{0d9f6c1e-5a52-4e0a-9d3a-0c6a1a4b7e11}",
                "0d9f6c1e-5a52-4e0a-9d3a-0c6a1a4b7e1g",
                "0d9f6c1e-5a52-4e0a-9d3a-0c6a1a4b7e11\n"
            })
    void onlyTheCanonicalFormIsAnId(String text) {
        assertThat(BattleIds.parse(text)).isEmpty();
    }
}
