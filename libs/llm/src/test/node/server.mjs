// Starts aimock on a free port of loopback, prints its address, and ends with its standard input,
// so that it never outlives the test that started it.
import { LLMock } from "@copilotkit/aimock";

const mock = new LLMock({ port: 0, host: "127.0.0.1", chunkSize: 8 });
mock.onMessage("Good morning", {
  content: "Good morning to you, what can I do for you today?",
  // aimock counts for OpenAI itself; for Anthropic only what it is told.
  usage: { prompt_tokens: 9, completion_tokens: 12, input_tokens: 9, output_tokens: 12 },
});
mock.onMessage("Too much", {
  error: { message: "Too many requests", type: "rate_limit_error", code: "rate_limit_exceeded" },
  status: 429,
});
mock.onMessage("Think first", {
  content: "I have thought about it.",
  reasoning: "The secret plan.",
});
mock.onMessage("Be exact", {
  content: "Exactly.",
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 10,
    prompt_tokens_details: { cached_tokens: 600 },
  },
});
mock.onMessage("Too long", {
  error: {
    message: "prompt is too long: 210000 tokens > 200000 maximum",
    type: "invalid_request_error",
    code: "context_length_exceeded",
  },
  status: 400,
});
await mock.start();
console.log(mock.url);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
