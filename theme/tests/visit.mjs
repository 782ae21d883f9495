// A page of the built site, as a server with the site's own policy gives it, or from a folder.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { site } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = "https://site.test/";
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

// Opens the page at `path`; `from` is "http" or "file". `page.complaints()` says what the policy forbade and
// which scripts failed.
export async function visit(browser, path, { from = "http", ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  await context.route(`${address}**`, (route) => {
    const file = join(site, decodeURIComponent(new URL(route.request().url()).pathname));
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    const type = types[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "content-security-policy": policy };
    return route.fulfill({ headers, body: readFileSync(file) });
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.complaints = () => complaints;
  await page.goto(from === "file" ? pathToFileURL(join(site, path)).href : address + path);
  return page;
}

// What axe finds, one line each.
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}
