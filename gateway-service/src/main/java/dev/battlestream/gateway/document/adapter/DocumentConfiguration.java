package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.document.Calls;
import dev.battlestream.gateway.scale.RunCaps;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the OpenAPI document together: springdoc finds the routes, {@link Calls} has the words. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

    private static final String ABOUT =
            """
            Starts AI-agent battles, one or many of them as a scale run, tells how they are doing and \
            streams them live. JSON in \
            camelCase, times in ISO 8601 UTC, money as decimal text in US dollars, ids as UUIDs: \
            `jobId`, `battleId` and `conversationId` are one and the same.

            Every answer has an `X-Request-Id`. What goes wrong is told as `application/problem+json` \
            (RFC 9457) with a stable `code`; broken rules are told all at once in `errors`.
            """;

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Battlestream")
                                .version("0.1")
                                .description(ABOUT)
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This gateway")));
    }

    @Bean
    OpenApiCustomizer contract(Caps caps, RunCaps runCaps) {
        return new ContractCustomizer(Calls.all(), caps, runCaps);
    }
}
