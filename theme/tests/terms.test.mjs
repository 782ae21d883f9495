// Words of the trade: a note with the pointer, the keyboard and a finger, with a script and without.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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

const words = (page) => page.locator(".term > a");
const note = (page, index = 0) => page.locator(".term > .tip").nth(index);

// Whether a note is to be seen, a moment after what was done.
async function shows(page, index = 0) {
  await page.waitForTimeout(300);
  return note(page, index).isVisible();
}

test("each word leads to its entry, once a page, and to no more than three of a paragraph", async () => {
  const page = await visit(browser, PAGE);
  const links = await words(page).evaluateAll((links) =>
    links.map((link) => ({ href: link.getAttribute("href"), note: link.nextElementSibling.textContent })),
  );
  assert.ok(links.length >= 5, `${links.length} words`);
  assert.equal(new Set(links.map(({ href }) => href)).size, links.length);
  const glossary = readFileSync(join(site, "glossary.html"), "utf8");
  for (const { href, note } of links) {
    const [, id] = href.match(/^\.\.\/glossary\.html#(term-[\w-]+)$/);
    assert.ok(glossary.includes(`<dt id="${id}">`), id);
    assert.match(note, /\S\.$/);
  }
  const most = await page.evaluate(() =>
    Math.max(...[...document.querySelectorAll("article :is(p, li)")].map((block) => block.querySelectorAll(":scope > .term").length)),
  );
  assert.ok(most > 0 && most <= 3, `${most} in a paragraph`);
  const misplaced = ":is(h1, h2, h3, a, pre, code, td, th, figure, .piece-head, .glossary) .term";
  assert.equal(await page.locator(misplaced).count(), 0);
  await page.goto(new URL("../glossary.html", page.url()).href);
  assert.equal(await words(page).count(), 0);
  await page.context().close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`the pointer and the keyboard show a note, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const page = await visit(browser, PAGE, { javaScriptEnabled });
    assert.equal(await shows(page), false);
    await words(page).first().hover();
    assert.equal(await shows(page), true, "not with the pointer");
    // Into the note itself: it stays.
    const box = await note(page).boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    assert.equal(await shows(page), true, "gone when the pointer is in it");
    await page.mouse.move(5, 5);
    assert.equal(await shows(page), false, "stays when the pointer has left");
    await page.keyboard.press("Tab");
    await words(page).nth(1).focus();
    assert.equal(await shows(page, 1), true, "not with the focus");
    await page.context().close();
  });
}

test("Escape sends a note away, and it comes back for the next visit", async () => {
  const page = await visit(browser, PAGE);
  await words(page).first().hover();
  assert.equal(await shows(page), true);
  await page.keyboard.press("Escape");
  assert.equal(await shows(page), false, "stays after Escape");
  await page.mouse.move(5, 5);
  await words(page).first().hover();
  assert.equal(await shows(page), true, "does not come back");
  await page.mouse.move(5, 5);
  await words(page).first().focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  assert.equal(await shows(page), true);
  await page.keyboard.press("Escape");
  assert.equal(await shows(page), false, "stays with the focus");
  await page.context().close();
});

test("the first tap shows a note, one elsewhere hides it, and the second follows the link", async () => {
  const page = await visit(browser, PAGE, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const from = page.url();
  await words(page).first().tap();
  assert.equal(page.url(), from);
  assert.equal(await shows(page), true, "not after a tap");
  await page.locator("h1").tap();
  assert.equal(await shows(page), false, "stays after a tap elsewhere");
  await words(page).first().tap();
  await words(page).first().tap();
  await page.waitForURL(/glossary\.html#term-/);
  await page.context().close();
});

for (const ties of [true, false]) {
  for (const width of [320, 390, 1280]) {
    test(`no note is cut off, ${width} px wide, ${ties ? "tied to its word" : "below its line"}`, async () => {
      const page = await visit(browser, "answers/turn-on-encryption.html", { viewport: { width, height: 700 } });
      if (!ties) await forgetTies(page);
      const count = await words(page).count();
      for (let index = 0; index < count; index += 1) {
        await words(page).nth(index).scrollIntoViewIfNeeded();
        await words(page).nth(index).hover();
        assert.equal(await shows(page, index), true);
        const { x, y, width: wide, height } = await note(page, index).boundingBox();
        assert.ok(x >= 0 && x + wide <= width && y + height <= 700, `note ${index}: ${x}, ${y}, ${wide} × ${height}`);
        assert.ok(wide >= 200 && height < 200, `note ${index}: ${wide} × ${height}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "scrolls sideways");
      await page.context().close();
    });
  }
}

// Makes the browser one that knows nothing of ties between boxes, as some are.
async function forgetTies(page) {
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      for (const sheet of document.styleSheets) {
        const rules = [...sheet.cssRules];
        for (const rule of rules.filter(({ conditionText }) => conditionText?.includes("anchor"))) {
          sheet.deleteRule([...sheet.cssRules].indexOf(rule));
        }
      }
    });
  });
  await page.reload();
}

test("a note is heard once, as what describes its word, and is not copied or printed", async () => {
  const page = await visit(browser, PAGE);
  await words(page).first().focus();
  const told = await note(page).textContent();
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const heard = nodes.filter((node) => !node.ignored && [node.name?.value, node.description?.value].includes(told));
  assert.deepEqual(heard.map((node) => [node.role.value, node.description?.value]), [["link", told]]);
  const copied = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector("article"));
    return String(getSelection());
  });
  assert.ok(copied.includes("AE title") && !copied.includes(told), "copied with the text");
  await page.emulateMedia({ media: "print" });
  assert.equal(await shows(page), false, "printed");
  await page.context().close();
});

describe("with a note open, nothing is in anybody's way", () => {
  for (const from of ["http", "file"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [390, 1280]) {
        test(`${from}, ${colorScheme}, ${width} px wide`, async () => {
          const page = await visit(browser, PAGE, { from, colorScheme, viewport: { width, height: 900 } });
          await words(page).first().hover();
          assert.equal(await shows(page), true);
          assert.deepEqual(await barriers(page), []);
          assert.deepEqual(page.complaints(), []);
          await page.context().close();
        });
      }
    }
  }
});
