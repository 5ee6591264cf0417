package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.io.ClassPathResource;

/** What the contract promises where an operator has set nothing. */
class DefaultsTest {

    private static final MutablePropertySources SHIPPED = new MutablePropertySources();

    @BeforeAll
    static void read() throws IOException {
        new YamlPropertySourceLoader()
                .load("shipped", new ClassPathResource("application.yml"))
                .forEach(SHIPPED::addLast);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " = ",
            value = {
                "battlestream.jobs.running-per-client = 3",
                "battlestream.jobs.keys-kept = 24h",
                "battlestream.caps.message-limit = 25",
                "battlestream.caps.text-length = 32000",
                "battlestream.caps.validators = 20",
                "battlestream.caps.pattern-length = 1000",
                "battlestream.scale.max-run-count = 10",
                "battlestream.scale.max-concurrency = 3",
                "battlestream.scale.streams.most = 200",
                "battlestream.scale.streams.most-per-client = 20",
                "battlestream.limits.starts-per-minute = 120",
                "battlestream.gateway.max-body = 900000B",
                "battlestream.stream.heartbeat = 15s",
                "battlestream.health.timeout = 400ms",
                "battlestream.access.allow-unauthenticated-remote = false",
                "server.address = 127.0.0.1",
                "server.forward-headers-strategy = none",
                "management.endpoints.web.exposure.include = health,prometheus"
            })
    void isAsTheContractSays(String setting, String value) {
        assertThat(resolver(SHIPPED).getProperty(setting)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "battlestream.access.keys",
        "battlestream.access.allowed-origins",
        "battlestream.gateway.trusted-proxies",
        "battlestream.limits.models"
    })
    void isEmpty(String setting) {
        assertThat(resolver(SHIPPED).getProperty(setting, "")).isEmpty();
    }

    @Test
    void anOperatorChangesThemByVariables() {
        MutablePropertySources changed = new MutablePropertySources(SHIPPED);
        changed.addFirst(
                new MapPropertySource(
                        "environment",
                        Map.of(
                                "BATTLESTREAM_RUNNING_PER_CLIENT", "5",
                                "BATTLESTREAM_STARTS_PER_MINUTE", "7",
                                "BATTLESTREAM_SCALE_MAX_RUN_COUNT", "50",
                                "BATTLESTREAM_SCALE_MAX_CONCURRENCY", "8",
                                "BATTLESTREAM_ALLOWED_ORIGINS", "https://app.example.com",
                                "BATTLESTREAM_TRUSTED_PROXIES", "10.0.0.0/8")));

        PropertySourcesPropertyResolver resolver = resolver(changed);
        assertThat(resolver.getProperty("battlestream.jobs.running-per-client")).isEqualTo("5");
        assertThat(resolver.getProperty("battlestream.limits.starts-per-minute")).isEqualTo("7");
        assertThat(resolver.getProperty("battlestream.access.allowed-origins"))
                .isEqualTo("https://app.example.com");
        assertThat(resolver.getProperty("battlestream.scale.max-run-count")).isEqualTo("50");
        assertThat(resolver.getProperty("battlestream.scale.max-concurrency")).isEqualTo("8");
        assertThat(resolver.getProperty("battlestream.gateway.trusted-proxies"))
                .isEqualTo("10.0.0.0/8");
    }

    private static PropertySourcesPropertyResolver resolver(MutablePropertySources sources) {
        return new PropertySourcesPropertyResolver(sources);
    }
}
