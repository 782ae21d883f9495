// The built site, and the browser in which it is looked at.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const site = join(dirname(fileURLToPath(import.meta.url)), "../../book");

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  const executablePath = browsers.find((path) => existsSync(path));
  assert.ok(executablePath, "Chromium is not installed; ci/install does it");
  // Root may not use Chromium's sandbox; the pages are our own. Nothing leaves this machine.
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args });
}
