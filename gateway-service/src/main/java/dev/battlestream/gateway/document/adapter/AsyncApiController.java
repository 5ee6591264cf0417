package dev.battlestream.gateway.document.adapter;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the events' document as the schemas ship it. */
@RestController
final class AsyncApiController {

    private static final Resource DOCUMENT = new ClassPathResource("asyncapi.yaml");

    @GetMapping(path = "/asyncapi.yaml", produces = "application/yaml")
    Resource document() {
        return DOCUMENT;
    }
}
