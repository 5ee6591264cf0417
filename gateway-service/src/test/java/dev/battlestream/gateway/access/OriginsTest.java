package dev.battlestream.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    @Test
    void onlyWhatIsListedIsAllowed() {
        Origins origins =
                Origins.parse(List.of("https://App.example.com", "http://localhost:3000"));

        assertThat(origins.allow("https://app.example.com")).isTrue();
        assertThat(origins.allow("http://localhost:3000")).isTrue();
        assertThat(origins.allow("http://localhost:3001")).isFalse();
        assertThat(origins.allow("http://app.example.com")).isFalse();
        assertThat(origins.allow("https://app.example.com.evil.example")).isFalse();
        assertThat(origins.allow("null")).isFalse();
        assertThat(Origins.parse(List.of()).allow("http://localhost:3000")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*.example.com",
                "null",
                "example.com",
                "ftp://example.com",
                "https://example.com/",
                "https://user@example.com"
            })
    void whatIsNoOriginIsRefusedAtStart(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Origins.parse(List.of(text)));
    }
}
