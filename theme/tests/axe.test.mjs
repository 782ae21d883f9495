// Every layout in every appearance, on a desk and on a telephone, as axe-core sees it: no rule is left out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { appear, appearances, devices, layouts } from "./layouts.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { open, close } = visit();
const sum = { looks: 0, passes: 0, violations: 0, undecided: 0 };

after(() => console.log(`# axe-core: ${JSON.stringify(sum)}`));

// What axe finds wrong, and where it cannot tell whether the contrast is enough.
async function examine(page) {
  const found = await page.evaluate(async () => {
    // Of WCAG 2.2, and off unless it is asked for.
    const rules = { "target-size": { enabled: true } };
    const { violations, incomplete, passes } = await window.axe.run(document, { rules });
    // Of a single letter, axe never can: our numbers have the colours of the palette, too.
    const isWord = ({ any }) => !any[0]?.message.includes("too short");
    // Of the words in a picture, axe cannot tell; contrast.test.mjs knows what their colours stand on.
    const isNoPicture = ({ target }) => !document.querySelector(target.join(" "))?.closest("svg");
    const where = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
    return {
      passes: passes.length,
      violations: violations.flatMap(where),
      undecided: incomplete.filter(({ id }) => id === "color-contrast").flatMap(({ id, nodes }) => where({ id, nodes: nodes.filter((node) => isWord(node) && isNoPicture(node)) })),
    };
  });
  sum.looks += 1;
  sum.passes += found.passes;
  sum.violations += found.violations.length;
  sum.undecided += found.undecided.length;
  return found;
}

describe("axe-core finds nothing", { concurrency: 2 }, () => {
  for (const [layout, path] of Object.entries(layouts)) {
    for (const [device, viewport] of Object.entries(devices)) {
      test(`${layout}, ${device}`, async () => {
        const page = await open(path, { viewport });
        await page.evaluate(axe);
        for (const [name, appearance] of Object.entries(appearances)) {
          await appear(page, appearance);
          const { passes, violations, undecided } = await examine(page);
          assert.deepEqual(violations, [], name);
          assert.deepEqual(undecided, [], `${name}: axe cannot tell`);
          assert.ok(passes >= 15, `${name}: axe looked at ${passes} rules only`);
        }
        await close(page);
      });
    }
  }
});
