// Opens a page from disk in a real browser, on a phone and on a desk, by day and by night, and prints
// as one JSON line what axe-core finds, what the page asked the network for and what does not fit.
// Leaves a picture of each beside itself, as it is opened.
//
// PAGE      the file
// PICTURES  what their names begin with
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import executable from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const page = pathToFileURL(process.env.PAGE).href;

const browser = await chromium.launch({
  executablePath: await executable.executablePath(),
  args: executable.args,
});
// Never outlives whoever started it.
process.stdin.resume().on("end", () => process.exit(1));
const seen = { violations: [], requests: [], faults: [], overflows: [] };
try {
  // One tab for all: this browser is a single process, which ends with its first tab. The page
  // forbids scripts; only axe's own must run.
  const tab = await browser.newPage({ bypassCSP: true });
  tab.on("request", (request) => request.url() !== page && seen.requests.push(request.url()));
  tab.on("pageerror", (fault) => seen.faults.push(String(fault)));
  for (const width of [390, 1200]) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${width}-${colorScheme}`;
      await tab.setViewportSize({ width, height: 844 });
      await tab.emulateMedia({ colorScheme });
      await tab.goto(page);
      await tab.screenshot({ path: `${process.env.PICTURES}-${name}.png`, fullPage: true });
      await tab.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) {
        seen.overflows.push(`${name}: ${wide}`);
      }
      await tab.addScriptTag({ path: axe });
      const found = await tab.evaluate(() => axe.run());
      for (const { id, impact, nodes } of found.violations) {
        seen.violations.push(`${name}: ${impact} ${id} ${nodes.map((node) => node.target).join(" ")}`);
      }
    }
  }
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}
process.exit(0);
