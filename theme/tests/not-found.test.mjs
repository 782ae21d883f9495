// The website as a server shows it, with its headers: a lost reader gets a whole page at any depth.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { launch, site } from "./browser.mjs";

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

// What _headers says of every file.
const headers = readFileSync(join(site, "_headers"), "utf8")
  .split("\n/*\n")[1]
  .split("\n")
  .map((line) => line.match(/^  ([A-Za-z-]+): (.*)$/))
  .filter(Boolean)
  .map(([, name, value]) => [name, value]);

let browser;
let server;
let root;

before(async () => {
  browser = await launch();
  server = createServer((request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(site, asked.endsWith("/") ? `${asked}index.html` : asked);
    const there = file.startsWith(site) && existsSync(file) && statSync(file).isFile();
    const path = there ? file : join(site, "404.html");
    for (const [name, value] of headers) response.setHeader(name, value);
    response.writeHead(there ? 200 : 404, { "Content-Type": types[extname(path)] ?? "text/plain" });
    response.end(readFileSync(path));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  root = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const [address, status] of [["/", 200], ["/answers/decoys.html", 200], ["/no/such/deep/page.html", 404]]) {
  test(`${address} is whole, and nothing in it is refused`, async () => {
    const page = await browser.newPage();
    const complaints = [];
    const failed = [];
    page.on("console", (message) => message.type() !== "log" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("response", (response) => response.url() !== root + address && !response.ok() && failed.push(response.url()));
    const response = await page.goto(root + address);
    assert.equal(response.status(), status);
    assert.deepEqual(failed, []);
    // The browser itself notes that the page was not there.
    assert.deepEqual(complaints.filter((text) => !text.includes("the server responded with a status of 404")), []);
    const seen = await page.evaluate(() => ({
      rules: [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0),
      heading: document.querySelector("h1")?.textContent,
      links: [...document.querySelectorAll("a[href]")].map((link) => link.href.split("#")[0]),
    }));
    assert.ok(seen.rules > 20, "no styles");
    assert.ok(seen.heading, "no heading");
    const here = seen.links.filter((link) => link.startsWith(root) && link !== root + address);
    const dead = [...new Set(here)].filter((link) => {
      const path = new URL(link).pathname;
      return !existsSync(join(site, decodeURIComponent(path.endsWith("/") ? `${path}index.html` : path)));
    });
    assert.deepEqual(dead, []);
    await page.close();
  });
}
