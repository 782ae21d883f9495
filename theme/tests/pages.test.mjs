// What people see: every page of the built site in a real browser, on a desk and on a telephone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { everyPage, launch, site } from "./browser.mjs";

// Its addresses begin at the root of a server, so that it is looked at in not-found.test.mjs.
const lost = "404.html";

// Slides have a design of their own: slides.test.mjs looks at them.
const pages = everyPage().filter((path) => path !== lost && !path.startsWith("slides/"));

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

test("the site has its pages", () => assert.ok(pages.includes("index.html") && pages.length >= 6, pages.join()));

for (const [device, width] of [["a desk", 1280], ["a telephone", 390]]) {
  describe(`on ${device}, ${width} px wide`, () => {
    for (const path of pages) {
      test(path, async () => {
        const asked = [];
        const complaints = [];
        const context = await browser.newContext({ viewport: { width, height: 900 } });
        const page = await context.newPage();
        page.on("request", (request) => asked.push(request.url()));
        page.on("pageerror", (error) => complaints.push(String(error)));
        await page.goto(pathToFileURL(join(site, path)).href);
        try {
          await look(page, path);
          assert.deepEqual(complaints, []);
          const elsewhere = asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
          assert.deepEqual(elsewhere, [], "asks a third party");
        } finally {
          await context.close();
        }
      });
    }
  });
}

// How many samples and figures a page was written with.
function shownBy(path) {
  const text = readFileSync(join(site, "../src", path.replace(/\.html$/, ".md")), "utf8");
  return ["sample", "figure"].map((name) => text.match(new RegExp(`^\\{\\{#${name} `, "gm"))?.length ?? 0);
}

async function look(page, path) {
  const seen = await page.evaluate(() => {
    const root = document.documentElement;
    const main = document.querySelector("main");
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const isVisible = (element) => element.getClientRects().length > 0;
    return {
      scrolls: root.scrollWidth > root.clientWidth,
      titles: main.querySelectorAll("h1").length,
      state: main.querySelector(".state")?.textContent ?? "",
      twins: ids.filter((id, index) => ids.indexOf(id) !== index),
      lost: [...main.querySelectorAll('a[href^="#"]')]
        .map((link) => decodeURIComponent(link.hash.slice(1)))
        .filter((id) => id && !document.getElementById(id)),
      // A lesson shows a figure as its table, with the picture that stands on the slide one step away.
      charts:
        main.querySelectorAll("figure.chart table tbody").length +
        [...main.querySelectorAll(".on-slide")].filter(
          (slide) => slide.querySelector("table tbody tr") && slide.querySelector('a[href*="figures/"][href$=".svg"]'),
        ).length,
      samples: [...main.querySelectorAll("figure.sample")].map((figure) => ({
        plain: isVisible(figure.querySelector(".sample-plain")),
        lines: figure.querySelectorAll("pre .line").length,
        notes: figure.querySelectorAll(".notices li").length,
        callouts: [...figure.querySelectorAll(".callout")].filter(isVisible).length,
        provenance: figure.querySelector(".provenance").textContent,
      })),
    };
  });
  assert.equal(seen.scrolls, false, "the page scrolls sideways");
  assert.equal(seen.titles, 1, "one title");
  assert.match(seen.state, /^(Draft|Reviewed by|Cleared by)/, "how far the review has come");
  assert.deepEqual(seen.twins, [], "ids that stand twice");
  assert.deepEqual(seen.lost, [], "links to nothing on the page");
  for (const sample of seen.samples) {
    assert.ok(sample.plain && sample.lines > 1, "a sample shows its sentence and its lines");
    assert.equal(sample.callouts, sample.notes, "every note has its line");
    assert.match(sample.provenance, /(Run live for this page|Recorded) on \d+ \w+ \d{4}/);
  }
  // A sample may bring the one before it.
  const [samples, figures] = shownBy(path);
  assert.ok(seen.samples.length >= samples && seen.samples.length <= 2 * samples, "every sample is shown");
  assert.equal(seen.charts, figures, "every figure is shown");
}
