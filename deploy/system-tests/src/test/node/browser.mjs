// Drives the page of docs/guides/first-front-end in a real browser. Serves the page and passes /api
// on to the gateway, as a developer's own server does, starts a battle by its button and prints
// what a reader sees in the end as one JSON line; or ends with 1 after a time limit.
//
// GATEWAY   its address
// PAGE      folder of the page
// GOAL      what is typed into the form
import { createReadStream } from "node:fs";
import http from "node:http";
import path from "node:path";
import executable from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const TIME_LIMIT_MS = 90_000;
const FILES = { "/": ["index.html", "text/html"], "/battle.js": ["battle.js", "text/javascript"] };

const gateway = new URL(process.env.GATEWAY);

function passOn(request, response) {
  const upstream = http.request(
    { host: gateway.hostname, port: gateway.port, path: request.url, method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  upstream.on("error", () => response.destroy());
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
}

const server = http.createServer((request, response) => {
  const file = FILES[request.url];
  if (file) {
    response.writeHead(200, { "Content-Type": file[1] });
    createReadStream(path.join(process.env.PAGE, file[0])).pipe(response);
  } else if (request.url.startsWith("/api/")) {
    passOn(request, response);
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const browser = await chromium.launch({
  executablePath: await executable.executablePath(),
  args: executable.args,
});
// Never outlives whoever started it.
process.stdin.resume().on("end", () => process.exit(1));
try {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.fill("[name=goal]", process.env.GOAL);
  await page.click("button");
  await page.waitForFunction(
    () => document.querySelector("[role=status]").textContent.startsWith("ended"),
    null,
    { timeout: TIME_LIMIT_MS },
  );
  const seen = {
    status: await page.textContent("[role=status]"),
    messages: await page.$$eval("ol > li", (items) => items.map((item) => item.firstChild.textContent)),
    verdicts: await page.$$eval(".verdict", (lines) => lines.map((line) => line.textContent)),
    faults,
  };
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
  server.close();
}
process.exit(0);
