package dev.battlestream.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final ApiKey READER = key("viewer", "secret-1", Scope.READ);
    private static final ApiKey STARTER = key("ci", "secret-2", Scope.READ, Scope.START);
    private static final ApiKey OPERATOR = key("ops", "secret-3", Scope.ADMIN);

    private static ApiKey key(String name, String secret, Scope... scopes) {
        return new ApiKey(name, Set.of(scopes), KeyHash.of(secret));
    }

    @Test
    void aKeyIsFoundByItself() {
        ApiKeys keys = new ApiKeys(List.of(READER, STARTER, OPERATOR));

        assertThat(keys.required()).isTrue();
        assertThat(keys.find("secret-2")).contains(STARTER);
        assertThat(keys.find("secret-3")).contains(OPERATOR);
        assertThat(keys.find("secret-")).isEmpty();
        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void withoutKeysNobodyHasToShowOne() {
        assertThat(new ApiKeys(List.of()).required()).isFalse();
    }

    @Test
    void anOwnerMayHaveTwoKeysButNoKeyTwoOwners() {
        new ApiKeys(List.of(READER, key("viewer", "secret-9", Scope.READ)));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ApiKeys(List.of(READER, key("other", "secret-1", Scope.ADMIN))));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheOperatorsScopeIncludesOthers(Scope scope) {
        assertThat(OPERATOR.allows(scope)).isTrue();
        assertThat(READER.allows(scope)).isEqualTo(scope == Scope.READ);
    }

    @Test
    void theHashIsSha256() {
        // printf abc | sha256sum
        String abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(KeyHash.parse(abc).matches(KeyHash.of("abc"))).isTrue();
        assertThat(KeyHash.parse(abc).matches(KeyHash.of("abd"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bsk_planted", "sha256:12", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void whatIsNoHashIsRefusedWithoutBeingRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyHash.parse(text))
                .withMessageNotContaining("planted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "-x", "ü"})
    void aNameThatCouldBreakALogLineIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> key(name, "s", Scope.READ));
        assertThatIllegalArgumentException().isThrownBy(() -> key("x".repeat(65), "s", Scope.READ));
    }

    @Test
    void aKeyWithoutAScopeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> key("nobody", "s"));
    }
}
