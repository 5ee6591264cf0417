package dev.battlestream.gateway.report.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.gateway.report.MessagePage;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "{\"total\":\"PLANTED\"} → InvalidFormatException at line 1, column 10",
                "{\"total\":PLANTED} → StreamReadException at line 1, column 10",
                "{\"messages\":[{\"seq\":\"PLANTED\"}]} → InvalidFormatException at line 1, column 21"
            })
    void whatCannotBeReadIsToldByItsPlaceOnly(String json, String told) {
        JacksonException fault =
                catchThrowableOfType(
                        JacksonException.class,
                        () -> JsonMapper.shared().readValue(json, MessagePage.class));

        assertThat(fault).hasMessageContaining("PLANTED");
        assertThat(Faults.told(fault)).startsWith(told).doesNotContain("PLANTED");
    }

    @Test
    void aFaultOfAConnectionIsToldByItsKind() {
        assertThat(Faults.told(new IOException("PLANTED", new ConnectException("refused"))))
                .isEqualTo("IOException, by ConnectException");
    }
}
