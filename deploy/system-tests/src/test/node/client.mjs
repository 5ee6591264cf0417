// A program of another team: it asks for battles and reads what becomes of them, with nothing but a
// Kafka client, a registry client and the published schema of a request. It prints one JSON line for
// each record it reads, and ends when all that it asked for has come, or with 1 after a time limit.
//
// KAFKA, REGISTRY   addresses
// REQUEST_SCHEMA    file of the request's schema, registered where the registry has none
// PLAN              JSON: [{"id", "bytes"} | {"id", "request": {fields that are not default}}]
import { readFile } from "node:fs/promises";
import { Kafka, logLevel } from "kafkajs";
import { COMPATIBILITY, SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";

const TIME_LIMIT_MS = 90_000;
const DEAD_LETTERS = "battle.requests.dlt";
const TOPICS = ["battle.turns", "battle.verdicts", "battle.outcomes", DEAD_LETTERS];

const plan = JSON.parse(process.env.PLAN);
const kafka = new Kafka({ brokers: [process.env.KAFKA], logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: process.env.REGISTRY });

async function requestSchemaId() {
  const subject = "battle.requests-value";
  try {
    const id = await registry.getLatestSchemaId(subject);
    print({ schema: "found", id });
    return id;
  } catch {
    const schema = await readFile(process.env.REQUEST_SCHEMA, "utf8");
    const { id } = await registry.register(
      { type: SchemaType.AVRO, schema },
      { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
    );
    print({ schema: "registered", id });
    return id;
  }
}

/** What the message of a step of the plan consists of. */
async function message({ id, bytes, request }, schemaId) {
  const value =
    bytes !== undefined
      ? Buffer.from(bytes)
      : await registry.encode(schemaId, {
          battleId: id,
          requestedAt: Date.now() * 1000,
          ...request,
        });
  return {
    key: id,
    value,
    headers: {
      "x-request-id": `request-of-${id}`,
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    },
  };
}

/** Accepts the first record of each identity, which comes in order; drops the rest. */
class FirstWins {
  #last = new Map();

  accepts(key, place) {
    if (place !== (this.#last.get(key) ?? 0) + 1) return false;
    this.#last.set(key, place);
    return true;
  }
}

/** A decimal(18, 9) as text: big-endian two's complement, without point. */
function decimal(bytes) {
  const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString("hex") || "0"}`));
  const digits = unscaled.toString().padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

function print(line) {
  console.log(
    JSON.stringify(line, function (name, value) {
      return Buffer.isBuffer(this[name]) ? decimal(this[name]) : value;
    }),
  );
}

const mine = new Set(plan.map((step) => step.id));
const open = new Set(plan.map((step) => (step.bytes === undefined ? step.id : DEAD_LETTERS)));
const first = new FirstWins();
const counts = new Map();
const ended = new Map();
let finish;
const finished = new Promise((resolve) => (finish = resolve));

function settle(id) {
  const outcome = ended.get(id);
  const complete =
    outcome !== undefined &&
    (counts.get(`battle.turns ${id}`) ?? 0) >= outcome.messageCount &&
    (counts.get(`battle.verdicts ${id}`) ?? 0) >= outcome.verdictCount;
  if (complete) open.delete(id);
  if (open.size === 0) finish();
}

async function read({ topic, message: record }) {
  const id = record.key.toString();
  if (!mine.has(id)) return;
  const headers = Object.fromEntries(
    Object.entries(record.headers).map(([name, value]) => [name, value.toString()]),
  );
  if (topic === DEAD_LETTERS) {
    print({ topic, id, headers, bytes: record.value.toString() });
    open.delete(DEAD_LETTERS);
    return settle(id);
  }
  const value = await registry.decode(record.value);
  if (topic === "battle.outcomes") {
    if (ended.has(id)) return;
    ended.set(id, value);
  } else {
    const place = topic === "battle.turns" ? value.seq : value.turn;
    if (!first.accepts(`${topic} ${id}`, place)) return;
    counts.set(`${topic} ${id}`, place);
  }
  print({ topic, id, headers, value });
  settle(id);
}

setTimeout(() => {
  console.error(`not all came in time; still open: ${[...open].join(" ")}`);
  process.exit(1);
}, TIME_LIMIT_MS);

const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: `outside-${plan[0].id}` });
await Promise.all([producer.connect(), consumer.connect()]);
const schemaId = await requestSchemaId();
for (const step of plan) {
  await producer.send({ topic: "battle.requests", messages: [await message(step, schemaId)] });
}
await consumer.subscribe({ topics: TOPICS, fromBeginning: true });
await consumer.run({ eachMessage: read });
await finished;
await Promise.all([consumer.disconnect(), producer.disconnect()]);
process.exit(0);
