// Starts aimock on a free port of loopback, prints its address, and ends with its standard input,
// so that it never outlives the test that started it.
import { LLMock } from "@copilotkit/aimock";

const mock = new LLMock({ port: 0, host: "127.0.0.1", chunkSize: 8 });
mock.onMessage("Good morning", {
  content: "Good morning to you, what can I do for you today?",
});
mock.onMessage("Too much", {
  error: { message: "Too many requests", type: "rate_limit_error", code: "rate_limit_exceeded" },
  status: 429,
});
await mock.start();
console.log(mock.url);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
