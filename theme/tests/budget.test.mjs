// What a page costs those who open it: bytes before compression, and requests.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { everyPage, visit } from "./browser.mjs";

// A KB is 1,000 bytes.
const BYTES = 150_000;
const REQUESTS = 8;

const { address, open, close } = visit();
const costs = [];

after(() => {
  // The bench asks for what was counted; see preprocessor/shelf/benches/proof/pages.rs.
  if (process.env.SHELF_PROOF) writeFileSync(process.env.SHELF_PROOF, JSON.stringify(costs));
  const largest = costs.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
  for (const { path, bytes, requests } of largest) console.log(`# ${bytes} bytes in ${requests} requests: ${path}`);
});

test(`every page is at most ${BYTES} bytes in ${REQUESTS} requests, all of this site`, async () => {
  for (const path of everyPage()) {
    // A window of its own keeps nothing of the page before.
    const page = await open();
    const files = [];
    page.on("response", (response) => files.push(response));
    await page.goto(address(path), { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    const urls = files.map((file) => file.url());
    // Chromium without a window asks for no icon.
    const icon = await page.locator('link[rel="icon"]').evaluate((link) => link.href);
    if (!urls.includes(icon)) files.push(await page.request.get(icon));
    const sizes = await Promise.all(files.map(async (file) => (await file.body()).length));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    costs.push({ path, bytes, requests: files.length });
    for (const ending of [".html", ".css", ".js", ".woff2"]) {
      assert.ok(path === "index.html" || urls.some((url) => url.endsWith(ending)), `${path} came without its ${ending}`);
    }
    assert.ok(urls.every((url) => url.startsWith(address())), `${path} asks others: ${urls.join()}`);
    await close(page);
  }
  assert.deepEqual(costs.filter(({ bytes, requests }) => bytes > BYTES || requests > REQUESTS), []);
});
