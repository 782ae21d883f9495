// How soon a telephone on a slow line shows the first words: our theme beside mdBook's own, in one run.
//
//   node paint.mjs OURS THEIRS PAGE    two folders with the same page; see CONTRIBUTING.md
//
// The line is that of a slow 4G telephone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, and a
// processor four times slower than this one (the profile of Lighthouse). Nothing is kept between runs.
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const RUNS = 9;
const [ours, theirs, page = "answers/why-no-mandate.html"] = process.argv.slice(2);
if (!theirs) {
  console.error("usage: node paint.mjs OURS THEIRS [PAGE]");
  process.exit(2);
}

async function firstPaint(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  let requests = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await tab.goto(address, { waitUntil: "networkidle" });
  const paint = await tab.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  await context.close();
  return { paint, bytes, requests };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Our policy would stop the scripts in the pages of the other theme.
const servers = [await serve(ours), await serve(theirs, { "content-security-policy": null })];
const browser = await launch();
const runs = [[], []];
for (let run = 0; run < RUNS; run += 1) {
  for (const [index, server] of servers.entries()) {
    runs[index].push(await firstPaint(browser, server.address + page));
  }
}
await browser.close();
await Promise.all(servers.map((server) => server.close()));
const paints = runs.map((all) => median(all.map(({ paint }) => paint)));
for (const [index, name] of ["ours", "theirs"].entries()) {
  const { bytes, requests } = runs[index].at(-1);
  const all = runs[index].map(({ paint }) => Math.round(paint)).join(" ");
  console.log(`${name}: first words after ${Math.round(paints[index])} ms (median of ${RUNS}: ${all}), ${bytes} bytes in ${requests} requests`);
}
console.log(`ours / theirs: ${(paints[0] / paints[1]).toFixed(2)}`);
