package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BattleIdsTest {

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
