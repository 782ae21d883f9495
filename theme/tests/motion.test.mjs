// Readers who asked their system for less motion get none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.mjs";
import { layouts } from "./layouts.mjs";

const { open, close } = visit();

// Every element that moves, or would when its state changes, with its pseudo-elements.
function moving() {
  const seconds = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  return [...document.querySelectorAll("*")].flatMap((element) =>
    [null, "::before", "::after"].flatMap((part) => {
      const style = getComputedStyle(element, part);
      const moves = seconds(style.transitionDuration) || (style.animationName !== "none" && seconds(style.animationDuration));
      return moves || style.scrollBehavior === "smooth" ? [`${element.tagName}.${element.className}${part ?? ""}`] : [];
    }),
  );
}

test("no transition, no animation, no smooth scrolling", async () => {
  for (const path of Object.values(layouts)) {
    const page = await open(path, { reducedMotion: "reduce" });
    assert.deepEqual(await page.evaluate(moving), [], path);
    // Others have at least the smooth scrolling, so the look above can see something.
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assert.ok((await page.evaluate(moving)).length > 0, path);
    await close(page);
  }
});
