// Narrow windows, large letters, wide letters, and languages from right to left: nothing is cut off,
// and nobody has to scroll sideways but in what is marked for it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { layouts } from "./layouts.mjs";

const { open, close } = visit();

// The text spacing of WCAG 1.4.12, set as a reader's own style sheet would.
const spacing = `
  * { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

const settings = {
  "320 px": { window: { viewport: { width: 320, height: 640 } } },
  // 1280 px at 200 %, and at 400 %.
  "zoom 200 %": { window: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
  "letters twice as large": { window: { viewport: { width: 1280, height: 900 } }, css: "html { font-size: 125% !important; }" },
  "letters twice as large on a telephone": { window: { viewport: { width: 390, height: 844 } }, css: "html { font-size: 125% !important; }" },
  "wide spacing": { window: { viewport: { width: 390, height: 844 } }, css: spacing },
  "wide spacing on a desk": { window: { viewport: { width: 1280, height: 900 } }, css: spacing },
  "right to left": { window: { viewport: { width: 1280, height: 900 } }, dir: "rtl" },
  "right to left, 320 px": { window: { viewport: { width: 320, height: 640 } }, dir: "rtl" },
};

// What does not fit: text beyond the edge of the window or of a box that hides it, and text on text.
function misfits() {
  const root = document.documentElement;
  const name = (element) => element.outerHTML.slice(0, 100);
  const isHidden = (element) => !element.checkVisibility({ visibilityProperty: true });
  // Boxes for ears alone are one pixel large.
  const isForEars = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (getComputedStyle(box).clipPath !== "none") return true;
    }
    return false;
  };
  const scrollers = [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    return /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  });
  const inScroller = (element) => scrollers.some((box) => box.contains(element));
  const texts = [...document.querySelectorAll("body *")].filter((element) => {
    const ownText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return ownText && !isHidden(element) && !isForEars(element) && !element.closest("svg, option, textarea");
  });
  const boxes = texts.filter((element) => !inScroller(element)).map((element) => ({ element, box: element.getBoundingClientRect() }));
  return {
    scrolls: root.scrollWidth > root.clientWidth ? `${root.scrollWidth} in ${root.clientWidth}` : "",
    beyond: boxes.filter(({ box }) => box.left < -1 || box.right > root.clientWidth + 1).map(({ element }) => name(element)),
    clipped: texts
      .filter((element) => {
        const style = getComputedStyle(element);
        const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
        return hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      })
      .map(name),
    unmarked: scrollers.filter((element) => element.tabIndex < 0 && !element.querySelector("a[href], button")).map(name),
    // Blocks of text that are neighbours on the page must not lie on each other.
    overlapping: [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, dt, dd), .site-head a, .site-head label, .site-foot :is(p, a)")]
      .filter((element) => !isHidden(element) && !isForEars(element) && getComputedStyle(element).position === "static" && !element.closest("pre"))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .flatMap(({ element, box }, at, all) => {
        const next = all[at + 1];
        if (!next || element.contains(next.element)) return [];
        const wide = Math.min(box.right, next.box.right) - Math.max(box.left, next.box.left);
        const high = Math.min(box.bottom, next.box.bottom) - Math.max(box.top, next.box.top);
        return wide > 2 && high > 2 ? [`${name(element)} and ${name(next.element)}`] : [];
      }),
  };
}

for (const [setting, { window, css, dir }] of Object.entries(settings)) {
  describe(setting, { concurrency: 2 }, () => {
    for (const [layout, path] of Object.entries(layouts)) {
      test(layout, async () => {
        // A reader's style sheet is above a page's policy; the browser's tools set it for us.
        const page = await open(path, { ...window, bypassCSP: css !== undefined });
        if (css) await page.addStyleTag({ content: css });
        if (dir) await page.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
        const found = await page.evaluate(misfits);
        await close(page);
        assert.deepEqual(found, { scrolls: "", beyond: [], clipped: [], unmarked: [], overlapping: [] });
      });
    }
  });
}
