// What a writer sees while `cargo shelf serve` runs: the page anew after each change, and what the build
// found beside it, under the policy of the published site.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/shelf");
const patience = { timeout: 30_000 };

const long = Array.from({ length: 60 }, (_, line) => `Paragraph ${line}.\n`).join("\n");
const good = `# One\n\nThe first sentence.\n\n${long}`;
const broken = good.replace("The first sentence.", "Mended not.[^nowhere] <b>Bold</b>");

let browser, folder, served, address;

const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
  cpSync(join(root, "book.toml"), join(folder, "book.toml"));
  for (const part of ["css", "js", "fonts", "index.hbs", "redirect.hbs", "favicon.svg"]) {
    cpSync(join(root, "theme", part), join(folder, "theme", part), { recursive: true });
  }
  write("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n");
  write("src/one.md", good);
  write("src/two.md", "# Two\n\nAnother page.\n");
  served = spawn(program, ["--book", folder, "serve", "--port", "0", "--samples", "recorded"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = [];
  for await (const line of createInterface(served.stderr)) {
    said.push(line);
    address = line.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
    if (address) break;
  }
  assert.ok(address, said.join("\n"));
  served.stderr.resume();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  served?.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
});

// A page, and all that its browser complains of.
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const elsewhere = [];
  page.on("request", (request) => request.url().startsWith(address) || elsewhere.push(request.url()));
  await page.goto(address + path, { waitUntil: "domcontentloaded" });
  return { page, complaints, elsewhere, end: () => context.close() };
}

const saw = (page, words) => page.getByText(words, { exact: false }).first().waitFor(patience);

test("a change is shown by itself, and the reader stays where they were", async () => {
  const { page, complaints, elsewhere, end } = await open("one.html");
  await saw(page, "The first sentence.");
  await page.evaluate(() => scrollTo(0, 600));
  write("src/one.md", good.replace("The first sentence.", "The second sentence."));
  await saw(page, "The second sentence.");
  await page.waitForFunction(() => Math.abs(scrollY - 600) < 5, null, patience);
  assert.equal(await page.locator(".shelf-findings").count(), 0, "nothing was found");
  assert.deepEqual([complaints, elsewhere], [[], []]);
  write("src/one.md", good);
  await saw(page, "The first sentence.");
  await end();
});

test("what the build found stands beside the page, with its place", async () => {
  const { page, complaints, elsewhere, end } = await open("one.html");
  await saw(page, "The first sentence.");
  write("src/one.md", broken);
  const panel = page.getByRole("complementary", { name: "Findings of the build" });
  await panel.waitFor(patience);
  const text = await panel.innerText();
  for (const words of ["last good one", "source/unknown", "src/one.md:3:12", "html/raw", "src/one.md:3:23", "Help: "]) {
    assert.ok(text.includes(words), `${words}\n${text}`);
  }
  // The finding quotes what was written; it is a text, not an element.
  assert.equal(await panel.locator("b").count(), 0);
  await saw(page, "The first sentence.");

  // With the keyboard alone.
  const button = panel.getByRole("button");
  await button.focus();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.match(await button.innerText(), /Show findings: \d+ errors/);
  assert.ok(await button.evaluate((element) => element === document.activeElement), "the focus is not lost");
  // Hidden it stays, until something else is found.
  await page.reload();
  await panel.waitFor(patience);
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Tab");
  await button.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");

  // Another page says where.
  await page.goto(`${address}two.html`);
  await panel.getByRole("link", { name: "src/one.md" }).click();
  await page.waitForURL("**/one.html");
  await panel.waitFor(patience);
  write("src/one.md", good);
  await panel.waitFor({ state: "detached", ...patience });
  assert.deepEqual([complaints, elsewhere], [[], []]);
  await end();
});

for (const [name, options] of [
  ["a desk", {}],
  ["a desk in the dark", { colorScheme: "dark" }],
  ["a desk with high contrast", { contrast: "more" }],
  ["a telephone", { viewport: { width: 320, height: 640 } }],
]) {
  test(`the panel can be used by everybody, on ${name}`, async () => {
    write("src/one.md", broken);
    const { page, end } = await open("one.html", options);
    await page.locator(".shelf-findings-error").first().waitFor(patience);
    const seen = await page.evaluate(() => ({
      scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      small: [...document.querySelectorAll(".shelf-findings button, .shelf-findings a")]
        .map((element) => element.getBoundingClientRect())
        .filter(({ width, height }) => width < 24 || height < 24).length,
      // The text is not under the panel: it ends before it, beside it or above it.
      covered: (() => {
        scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
        const end = document.querySelector(".site-foot").getBoundingClientRect();
        const panel = document.querySelector(".shelf-findings").getBoundingClientRect();
        return end.right > panel.left + 1 && end.bottom > panel.top + 1;
      })(),
    }));
    assert.deepEqual(seen, { scrolls: false, small: 0, covered: false });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
    assert.deepEqual(found, []);
    write("src/one.md", good);
    await page.locator(".shelf-findings").waitFor({ state: "detached", ...patience });
    await end();
  });
}

// A browser opens six connections to one server.
test("eight tabs do not keep each other from loading", async () => {
  const tabs = [];
  const context = await browser.newContext();
  const began = Date.now();
  for (let tab = 0; tab < 8; tab += 1) {
    const page = await context.newPage();
    await page.goto(`${address}two.html`, { waitUntil: "domcontentloaded", ...patience });
    tabs.push(page);
  }
  write("src/two.md", "# Two\n\nA change for all.\n");
  await Promise.all(tabs.map((page) => saw(page, "A change for all.")));
  assert.ok(Date.now() - began < 20_000, "before the longest wait is over");
  await context.close();
});
