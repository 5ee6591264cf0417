package dev.battlestream.llm;

import java.net.URI;

/** The kinds of server a provider can be; each has one class in the {@code adapter} package. */
public enum ProviderKind {
    /** Playbooks shipped with this library: no server, no key, always the same. */
    SCRIPTED("http://localhost"),
    /** A server that speaks OpenAI's chat completions: OpenAI, OpenRouter, vLLM, Ollama … */
    OPENAI("https://api.openai.com/v1"),
    /** A server that speaks Anthropic's messages. */
    ANTHROPIC("https://api.anthropic.com/v1");

    private final URI home;

    ProviderKind(String home) {
        this.home = URI.create(home);
    }

    /** Where the kind's own service is; means nothing for a scripted one. */
    public URI home() {
        return home;
    }
}
