// The site where no script runs: all there is to read can be read, and nothing is shown that would do nothing.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { layouts } from "./layouts.mjs";

const { open, close } = visit();

// The words of the text that are shown. Scripts of the page are off; this one is ours.
const words = () => document.querySelector("main").innerText.replaceAll(/\s+/g, " ").trim();

describe("without scripts", () => {
  for (const [layout, path] of Object.entries(layouts)) {
    test(layout, async () => {
      const page = await open(path, { javaScriptEnabled: false });
      const seen = await page.evaluate(() => ({
        title: document.querySelector("h1").innerText,
        fonts: getComputedStyle(document.querySelector("main p")).fontFamily,
        // A button, or a field of a form that leads nowhere. What belongs to the checklist can be ticked and printed.
        dead: [...document.querySelectorAll("button, select, dialog, input, textarea")]
          .filter((control) => control.checkVisibility({ visibilityProperty: true }))
          .filter((control) => !control.closest(".checklist .task") && !control.closest("form[action]"))
          .map((control) => control.outerHTML.slice(0, 120)),
        // Text that waits for a script.
        missing: [...document.querySelectorAll("main :is(p, li, td, dd, pre)")]
          .filter((block) => block.textContent.trim() && !block.checkVisibility() && !block.closest("[hidden], .printed, details"))
          .map((block) => block.outerHTML.slice(0, 120)),
      }));
      assert.ok(seen.title.length > 5);
      assert.match(seen.fonts, /Open Sans/);
      assert.deepEqual(seen.dead, [], "controls that do nothing");
      assert.deepEqual(seen.missing, [], "text that is not shown");
      const bare = await page.evaluate(words);
      const scripted = await open(path);
      const [few, many] = [bare.split(" ").length, (await scripted.evaluate(words)).split(" ").length];
      assert.ok(few >= 0.95 * many, `${few} words without scripts, ${many} with`);
      await close(scripted);
      await close(page);
    });
  }
});

test("one can go from page to page", async () => {
  const page = await open("index.html", { javaScriptEnabled: false, reducedMotion: "reduce" });
  for (const [link, address] of [
    ['.site-nav a[href$="questions.html"]', /\/questions\.html$/],
    ['main a[href^="answers/"]', /\/answers\/[a-z-]+\.html$/],
    [".contents a", /#[a-z-]+$/],
    [".brand", /\/index\.html$/],
  ]) {
    await page.locator(link).first().click();
    assert.match(page.url(), address);
  }
  await close(page);
});
