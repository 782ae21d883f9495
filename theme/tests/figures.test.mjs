// The pictures of figures: one layout at a time, letters that can be read, and nothing one over another.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, site } from "./browser.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const pictures = [
  ["answers/exposure-numbers.html", "exposure-counts"],
  ["asked.html", "timeline"],
  ["papers/network-plan.html", "imaging-network"],
];

// Effective pixels.
const SMALLEST = 11;

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test("every picture that was written is looked at", () => {
  const files = readdirSync(join(site, "figures")).sort();
  assert.deepEqual(files, pictures.map(([, id]) => `${id}.svg`).sort());
});

for (const [path, id] of pictures) {
  describe(id, () => {
    for (const [width, layout] of [[1280, "wide"], [720, "wide"], [719, "narrow"], [360, "narrow"]]) {
      test(`${width} pixels`, () => onPage(path, { viewport: { width, height: 900 } }, async (page) => {
        const seen = await page.evaluate(measure, id);
        assert.deepEqual(seen.layouts, [layout]);
        assert.ok(seen.smallest >= SMALLEST, `letters of ${seen.smallest} pixels`);
        assert.deepEqual(seen.outside, [], "outside the picture");
        assert.deepEqual(seen.overlapping, [], "one over another");
      }));
    }

    for (const colorScheme of ["light", "dark"]) {
      for (const contrast of ["no-preference", "more"]) {
        const look = { viewport: { width: 1280, height: 900 }, colorScheme, contrast };
        test(`axe, ${colorScheme}, contrast ${contrast}`, () => onPage(path, look, async (page) => {
          await page.addScriptTag({ path: axe });
          const found = await page.evaluate((id) => window.axe.run(`#figure-${id}`), id);
          assert.deepEqual(found.violations.map((violation) => violation.id), []);
        }));
      }
    }

    test("the file leads nowhere and shows something", async () => {
      const text = readFileSync(join(site, "figures", `${id}.svg`), "utf8");
      assert.doesNotMatch(text.replace("http://www.w3.org/2000/svg", ""), /https?:|href|<script|<style/);
      const page = await browser.newPage();
      try {
        await page.goto(pathToFileURL(join(site, "figures", `${id}.svg`)).href);
        const lines = await page.evaluate(() => document.querySelectorAll("text").length);
        assert.ok(lines > 10, `${lines} lines of text`);
      } finally {
        await page.close();
      }
    });
  });
}

async function onPage(path, options, look) {
  // axe is a script of ours that the policy of the pages does not know.
  const context = await browser.newContext({ ...options, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(site, path)).href);
    await page.evaluate(() => document.fonts.ready);
    await look(page);
  } finally {
    await context.close();
  }
}

function measure(id) {
  const shown = [...document.querySelectorAll(`#figure-${id} .drawing svg`)].filter(
    (svg) => svg.getClientRects().length > 0,
  );
  const [svg] = shown;
  const { width, height } = svg.viewBox.baseVal;
  const scale = svg.getBoundingClientRect().width / width;
  const texts = [...svg.querySelectorAll("text")];
  const sizes = texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale);
  const boxes = texts.map((text) => ({ words: text.textContent, ...boxOf(text) }));
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    layouts: shown.map((each) => each.getAttribute("class")),
    smallest: Math.min(...sizes),
    outside: boxes
      .filter((box) => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height)
      .map((box) => box.words),
    overlapping: boxes.flatMap((box, index) =>
      boxes.slice(0, index).filter((other) => meets(box, other)).map((other) => [other.words, box.words]),
    ),
  };

  // A box is as high as the line; the letters are less.
  function boxOf(text) {
    const box = text.getBBox();
    return { left: box.x, right: box.x + box.width, top: box.y + 3, bottom: box.y + box.height - 3 };
  }
}
