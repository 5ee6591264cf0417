// An OpenAI-compatible server at OPENAI_PORT of loopback that plays an agent, its opponent and a
// judge, each known by its model. Prints its address and ends with its standard input.
import { LLMock } from "@copilotkit/aimock";

const mock = new LLMock({ port: Number(process.env.OPENAI_PORT), host: "127.0.0.1", chunkSize: 8 });

const agent = [
  "Good morning, I am looking for your parcel. Which street do you live in?",
  "The driver has left it with your neighbour at number 12.",
  "The parcel is found: your neighbour will bring it over tonight.",
];
agent.forEach((content, turn) =>
  mock.addFixture({
    match: { model: "agent-model", turnIndex: turn },
    response: { content, usage: { prompt_tokens: 100 + turn, completion_tokens: 10 + turn } },
  }),
);

const opponent = ["In Mill Lane.", "And when do I get it?"];
opponent.forEach((content, turn) =>
  mock.addFixture({
    match: { model: "opponent-model", turnIndex: turn },
    response: { content, usage: { prompt_tokens: 50 + turn, completion_tokens: 5 + turn } },
  }),
);

const verdict = (answer, reason) => JSON.stringify({ verdict: answer, confidence: 0.8, reason });
mock.addFixture({
  match: { model: "judge-model", userMessage: "The parcel is found" },
  response: {
    content: verdict("yes", "The parcel has been found."),
    usage: { prompt_tokens: 200, completion_tokens: 20 },
  },
});
mock.addFixture({
  match: { model: "judge-model" },
  response: {
    content: verdict("no", "It is still being looked for."),
    usage: { prompt_tokens: 201, completion_tokens: 21 },
  },
});

await mock.start();
console.log(mock.url);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
