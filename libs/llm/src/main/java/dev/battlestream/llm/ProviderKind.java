package dev.battlestream.llm;

/** The kinds of server a provider can be; each has one class in the {@code adapter} package. */
public enum ProviderKind {
    /** Playbooks shipped with this library: no server, no key, always the same. */
    SCRIPTED,
    /** A server that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, Ollama … */
    OPENAI
}
