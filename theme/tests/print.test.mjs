// Pages on paper, as a reader of PDF outside the browser sees them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { layouts } from "./layouts.mjs";

const { open, close } = visit();

// The text of each sheet of paper.
function sheets(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "print-"));
  try {
    const path = join(folder, "page.pdf");
    writeFileSync(path, pdf);
    const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
    return text.split("\f").slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const squeeze = (text) => text.replaceAll(/\s+/g, "");

describe("printed from the browser", { concurrency: 2 }, () => {
  for (const [layout, path] of Object.entries(layouts)) {
    for (const format of ["A4", "Letter"]) {
      test(`${layout}, ${format}`, async () => {
        // What is shown on a dark screen is printed on white paper.
        const page = await open(path, { colorScheme: "dark" });
        const paper = sheets(await page.pdf({ format }));
        assert.ok(paper.length >= 1 && paper.length <= 30, `${paper.length} sheets`);
        const all = squeeze(paper.join(""));
        const words = await page.evaluate(() => ({
          title: document.querySelector("h1").textContent,
          state: document.querySelector(".state")?.textContent ?? "",
          // Of the checklist, the tasks alone are printed.
          links: [...document.querySelectorAll('article:not(:has(> .checklist)) p > a[href^="http"]')].map((link) => link.getAttribute("href")),
          frame: [".skip", ".site-nav a", ".site-foot p", ".appearance label", "nav.contents p", ".neighbours a"].flatMap((name) =>
            [...document.querySelectorAll(name)].slice(0, 1).map((element) => element.textContent.trim()),
          ),
          headings: [...document.querySelectorAll("article h2")].map((heading) => heading.textContent),
        }));
        assert.ok(all.includes(squeeze(words.title)), words.title);
        if (layout !== "nothing here") assert.ok(words.state, "the page has a state");
        assert.ok(all.includes(squeeze(words.state)), words.state);
        for (const link of words.links) assert.ok(all.includes(squeeze(link)), link);
        assert.ok(words.frame.length >= 4);
        for (const text of ["Skip to the text", "High contrast", "On this page"]) assert.ok(!all.includes(squeeze(text)), text);
        assert.ok(!/EveryquestionChecklistForthepress/.test(all), "the bar above");
        assert.ok(!all.includes(squeeze("These pages speak for no standards body")), "the bar below");
        // A heading is not the last line of a sheet. The foot of a sheet holds its number and its state.
        for (const sheet of paper.slice(0, -1)) {
          const lines = sheet.trim().split("\n").map((line) => line.trim()).filter((line) => line && !/^(Draft: .*)?\d+ \/ \d+$|^Draft: nobody/.test(line));
          assert.ok(!words.headings.includes(lines.at(-1)), `"${lines.at(-1)}" ends a sheet`);
        }
        await close(page);
      });
    }
  }
});

test("a sample that fits on a sheet is not divided", async () => {
  const page = await open(layouts["answer with samples"]);
  const paper = sheets(await page.pdf({ format: "A4" }));
  await page.emulateMedia({ media: "print" });
  // A4 less the margins of print.css, in CSS pixels.
  await page.setViewportSize({ width: Math.floor(((210 - 36) / 25.4) * 96), height: Math.floor(((297 - 38) / 25.4) * 96) });
  const samples = await page.locator("figure.sample").evaluateAll((all) =>
    all.map((figure) => ({
      height: figure.getBoundingClientRect().height,
      title: figure.querySelector("figcaption").innerText.split("\n")[0],
      end: figure.querySelector(".provenance").innerText.split(/\n/)[0],
      fits: figure.getBoundingClientRect().height < 0.9 * innerHeight,
    })),
  );
  assert.ok(samples.length >= 5);
  const small = samples.filter(({ fits }) => fits);
  assert.ok(small.length >= 3, JSON.stringify(samples));
  for (const { title, end } of small) {
    const sheet = paper.map(squeeze).find((text) => text.includes(squeeze(title)));
    assert.ok(sheet, title);
    assert.ok(sheet.includes(squeeze(end)), `"${title}" is divided between two sheets`);
  }
  await close(page);
});
