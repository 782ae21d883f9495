// What readers take along: commands, code, the whole piece.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, site } from "./browser.mjs";
import { barriers, visit } from "./visit.mjs";

const PAGE = "answers/ae-titles.html";
let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

const open = (path = PAGE, options = {}) => visit(browser, path, { permissions: ["clipboard-read", "clipboard-write"], ...options });
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

for (const from of ["http", "file"]) {
  test(`a sample's commands are copied without the prompt and without output, ${from}`, async () => {
    const page = await open(PAGE, { from });
    const sample = page.locator("#sample-guessed-title");
    await sample.getByRole("button", { name: "Copy the 2 commands" }).click();
    assert.match(await clipboard(page), /^findscu [^\n$]+ STRANGER [^\n$]+\nfindscu [^\n$]+ WORKSTATION1 [^\n$]+$/);
    assert.equal(await sample.locator(".copy").textContent(), "Copied");
    assert.equal(await page.locator("[role=status].heard", { hasText: "Copied" }).count(), 1);
    await page.waitForTimeout(2_700);
    assert.equal(await sample.locator(".copy").textContent(), "Copy the 2 commands");
    assert.deepEqual(page.complaints(), []);
    await page.context().close();
  });
}

test("a sample of our own program copies what repeats it", async () => {
  const page = await open("answers/am-i-exposed.html");
  const sample = page.locator(".sample:not(:has(.command:not(.own)))").first();
  await sample.getByRole("button", { name: "Copy what repeats it" }).click();
  assert.match(await clipboard(page), /^cargo shelf samples run [a-z0-9-]+$/);
  await page.context().close();
});

test("whoever marks a line with the pointer does not take the prompt", async () => {
  const page = await open();
  const marked = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector(".sample .command"));
    return String(getSelection());
  });
  assert.match(marked, /^findscu/);
  await page.context().close();
});

test("a block of code is copied as it stands", async () => {
  const path = pages().find((path) => /<pre><code/.test(readFileSync(join(site, path), "utf8")));
  assert.ok(path, "no page has a block of code");
  const page = await open(path);
  const box = page.locator(".copyable:has(> pre > code)").first();
  await box.getByRole("button", { name: "Copy" }).click();
  assert.equal(await clipboard(page), (await box.locator("code").textContent()).trimEnd());
  await page.context().close();
});

test("without scripts or a clipboard, no button promises anything", async () => {
  const silent = await open(PAGE, { javaScriptEnabled: false });
  assert.equal(await silent.locator("article button").count(), 0);
  assert.equal(await silent.getByRole("link", { name: "Write an e-mail" }).isVisible(), true);
  await silent.context().close();
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const page = await context.newPage();
  await page.goto(`file://${site}/${PAGE}`);
  assert.deepEqual(await page.locator("article button").allTextContents(), ["Print or save as PDF"]);
  await context.close();
});

test("a note lights up its line, and the line its note", async () => {
  const page = await open();
  const [note, line] = [page.locator(".notices li").first(), page.locator(".line:has(> .callout)").first()];
  const lit = async () => page.locator(".lit").count();
  await note.hover();
  assert.equal(await lit(), 2);
  await page.mouse.move(2, 2);
  assert.equal(await lit(), 0);
  await line.locator(".callout").focus();
  assert.equal(await lit(), 2);
  await page.keyboard.press("Tab");
  await note.locator(".back").focus();
  assert.equal(await lit(), 2);
  await note.locator(".back").evaluate((link) => link.blur());
  assert.equal(await lit(), 0);
  await page.context().close();
});

describe("transcripts need no scrolling sideways", () => {
  for (const width of [320, 390, 1000, 1440]) {
    test(`${width} px wide`, async () => {
      for (const path of ["answers/turn-on-encryption.html", "papers/own-tools.html"]) {
        const page = await open(path, { viewport: { width, height: 900 } });
        const wide = await page
          .locator(".sample .transcript, .sample pre, pre")
          .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.textContent.slice(0, 60)));
        assert.deepEqual(wide, []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        await page.context().close();
      }
    });
  }
});

const pages = () => readdirSync(site, { recursive: true }).filter((path) => /^(answers|incidents|papers)\/.*\.html$/.test(path));

test("every piece has an e-mail that mail programs take, with its state", () => {
  for (const path of pages()) {
    const text = readFileSync(join(site, path), "utf8");
    const link = text.match(/href="(mailto:[^"]*)"/)?.[1].replaceAll(/&#(\d+);|&amp;/g, (_, code) => (code ? String.fromCodePoint(code) : "&"));
    assert.ok(link && link.length <= 1_900, `${path}: ${link?.length} characters`);
    const mail = new URL(link).searchParams;
    assert.match(mail.get("subject"), /\S/, path);
    assert.match(mail.get("body"), /\r\n\r\n(Draft|Reviewed by|Cleared by)/, path);
    assert.ok(mail.get("body").startsWith(mail.get("subject")), path);
  }
});

test("a piece is copied as a letter: title, state, answer, headings, samples, notes and sources", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Copy as text" }).click();
  await page.getByText("Copied as plain text").waitFor();
  const text = await clipboard(page);
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(0, 2), ["Are AE titles passwords?", "========================"]);
  assert.match(lines[3], /^Draft: /, text.slice(0, 400));
  assert.match(lines[4], /^Compared with its sources on \d+ \w+ \d{4}\./);
  assert.match(text, /\nWhat to do: Keep the list/);
  assert.match(text, /\nA borrowed name opens the list\n-{30}\n/);
  assert.match(text, /\n  \$ findscu .*STRANGER/);
  assert.match(text, /\n  \S[^\n]*  \[note 1\]\n/);
  assert.match(text, /\n\[note 1\] \S/);
  assert.match(text, /\n(Recorded|Run live for this page) on \d+ /);
  assert.match(text, /another\.\[1\] Any caller/);
  assert.match(text, /\nSources\n-------\n\n\[1\] PS3\.8.*https:\/\/dicom\.nema\.org/);
  const heads = await page.locator("article h2:not(.take h2)").count();
  assert.equal(text.match(/\n[^\n]+\n-{3,}\n/g).length, heads);
  for (const other of ["↩", "Copy the", "Send this piece", "Print or save", "Every question", await page.locator(".tip").first().textContent()]) {
    assert.ok(!text.includes(other), other);
  }
  assert.ok(!/\n\n\n|[ \t]\n/.test(text), "gaps");
  await page.context().close();
});

test("no way to take a piece along is in anybody's way", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(PAGE, { colorScheme, viewport: { width: 390, height: 900 } });
    const small = await page
      .locator(".take :is(a.button, button), .copy, .callout, .back")
      .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length);
    assert.equal(small, 0);
    await page.getByRole("button", { name: "Copy as text" }).click();
    assert.deepEqual(await barriers(page), []);
    await page.context().close();
  }
});
