// A walk through the page with the Tab key alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { devices, layouts } from "./layouts.mjs";

const { open, close } = visit();

// Looks at what has the focus, and gives it a number, so that coming back to it is noticed.
function look() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const before = element.dataset.walked;
  element.dataset.walked = before ?? String(document.querySelectorAll("[data-walked]").length);
  const style = getComputedStyle(element);
  const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  // Of a link on two lines, the larger piece.
  const box = boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
  const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
  const sticky = [...document.querySelectorAll("*")].filter((other) => /sticky|fixed/.test(getComputedStyle(other).position));
  const covers = (other) => {
    const cover = other.getBoundingClientRect();
    return box.top < cover.bottom && box.bottom > cover.top && box.left < cover.right && box.right > cover.left;
  };
  return {
    what: element.outerHTML.slice(0, 120),
    walked: before !== undefined,
    isSkip: element.matches(".skip"),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    ringColour: style.outlineColor,
    inSight: Boolean(box) && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    onTop: Boolean(top) && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element),
    covered: Boolean(box) && sticky.some((other) => !other.contains(element) && covers(other)),
  };
}

// What can be reached, in the order of the page: one stop for each.
function reachable() {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex]";
  return [...document.querySelectorAll(wanted)].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }),
  ).length;
}

async function walk(page) {
  const count = await page.evaluate(reachable);
  const stops = [];
  // A browser also stops at areas that can be scrolled; a walk that never ends is a trap.
  for (let at = 0; at < 2 * count + 20; at += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(look);
    if (!stop || stop.walked) return { count, stops, ends: true };
    // The note of the word before stays for a moment, and goes by itself.
    if (!stop.onTop) await page.waitForTimeout(400);
    stops.push(stop.onTop ? stop : await page.evaluate(look));
  }
  return { count, stops, ends: false };
}

test("the first stop is the skip link, which leads to the text", async () => {
  for (const path of Object.values(layouts)) {
    const page = await open(path);
    await page.keyboard.press("Tab");
    const skip = await page.evaluate(look);
    assert.ok(skip.isSkip && skip.inSight && skip.onTop, `${path}: ${skip.what}`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content", path);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main, footer"))), `${path}: the next stop is in the text`);
    await close(page);
  }
});

describe("each stop is seen, has a ring, and leads on", { concurrency: 2 }, () => {
  for (const layout of ["landing page", "answer with samples", "incident sheet", "checklist", "every question", "glossary"]) {
    for (const [device, viewport] of Object.entries(devices)) {
      test(`${layout}, ${device}`, async () => {
        const page = await open(layouts[layout], { viewport, reducedMotion: "reduce" });
        const { count, stops, ends } = await walk(page);
        assert.ok(ends, "the walk does not end");
        assert.ok(stops.length >= count, `${stops.length} stops of ${count}`);
        for (const [wrong, isWrong] of Object.entries({
          "without a ring": ({ ring, ringColour }) => ring < 2 || /, 0\)$|transparent/.test(ringColour),
          "out of sight": ({ inSight }) => !inSight,
          "under something else": ({ onTop, isSkip }) => !onTop && !isSkip,
          "under what stays in place": ({ covered }) => covered,
        })) {
          assert.deepEqual(stops.filter(isWrong).map(({ what }) => what), [], wrong);
        }
        const backwards = await page.evaluate(() => {
          const walked = [...document.querySelectorAll("[data-walked]")];
          return walked.filter((element, at) => Number(element.dataset.walked) !== at).map((element) => element.outerHTML.slice(0, 120));
        });
        assert.deepEqual(backwards, [], "out of the order of the page");
        await close(page);
      });
    }
  }
});
