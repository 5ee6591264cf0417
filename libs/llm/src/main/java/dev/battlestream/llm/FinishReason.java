package dev.battlestream.llm;

/** Why a reply ended. */
public enum FinishReason {
    /** The model was done. */
    STOP,
    /** The token limit cut it. */
    LENGTH,
    /** Anything else a provider says, a content filter for example. */
    OTHER
}
