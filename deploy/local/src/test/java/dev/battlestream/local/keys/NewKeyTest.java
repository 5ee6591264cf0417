package dev.battlestream.local.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.local.keys.NewKey.Scope;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewKeyTest {

    private static final NewKey KEY =
            NewKey.of(
                    "ci",
                    new LinkedHashSet<>(List.of(Scope.READ, Scope.START)),
                    new byte[NewKey.BYTES]);

    @Test
    void theHashIsThatOfTheKeysText() {
        assertThat(KEY.key()).isEqualTo("bsk_" + "A".repeat(43));
        // printf 'bsk_AAA…' | sha256sum
        assertThat(KEY.hash())
                .isEqualTo(
                        "sha256:b67a99aefbfb5ecc04b145e9a2272bfbcdf270986dd6efc3d0db5c43b5c0c23f");
    }

    @Test
    void theLinesForTheGatewayHoldTheHashAndNotTheKey() {
        assertThat(KEY.yaml())
                .isEqualTo(
                        "- {name: ci, scopes: [read, start], hash: \"%s\"}".formatted(KEY.hash()));
        assertThat(KEY.variables(2))
                .containsExactly(
                        "BATTLESTREAM_ACCESS_KEYS_2_NAME=ci",
                        "BATTLESTREAM_ACCESS_KEYS_2_SCOPES=read,start",
                        "BATTLESTREAM_ACCESS_KEYS_2_HASH=" + KEY.hash());
        assertThat(KEY.toString()).doesNotContain("bsk_");
    }

    @Test
    void aShortSourceOfRandomnessIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewKey.of("ci", KEY.scopes(), new byte[16]));
    }
}
