// The built site, and the browser in which it is looked at.
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

// The folder of the built site. Another can be named, to look at a build that is not published.
export const site = process.env.SHELF_SITE ?? join(dirname(fileURLToPath(import.meta.url)), "../../book");

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  const executablePath = browsers.find((path) => existsSync(path));
  assert.ok(executablePath, "Chromium is not installed; ci/install does it");
  // Root may not use Chromium's sandbox; the pages are our own. Nothing leaves this machine.
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args });
}

// What is made to be taken along, and has no place in the site's design.
const TAKEN_ALONG = /^(kit|feed)\//;

// Every page of the site, by its path there.
export function everyPage() {
  const pages = readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html") && !TAKEN_ALONG.test(path));
  assert.ok(pages.length >= 40, `the site has ${pages.length} pages; build it first`);
  return pages.sort();
}

// A browser and a server for the tests of one file. `open` gives a page in a window of its own;
// `close` closes that window.
export function visit() {
  let browser;
  let server;
  before(async () => {
    server = await serve(site);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    address: (path = "") => server.address + path,
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      if (path !== undefined) await page.goto(server.address + path);
      return page;
    },
    close: (page) => page.context().close(),
  };
}
