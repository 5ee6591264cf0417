package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.Tokens;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;

/** What one kind of server does in its own way; the rest is {@link RemoteProvider}'s. */
interface Wire {

    StreamingChatModel streaming();

    ChatModel whole();

    /** Everything of a request but its messages. */
    ChatRequestParameters parameters(ChatRequest request);

    /** What the provider told; what it did not is 0. */
    Tokens tokens(TokenUsage usage, ChatResponseMetadata metadata);
}
