// The colours of the palette, in every appearance, by the formula of WCAG.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { visit } from "./browser.mjs";
import { appear, appearances } from "./layouts.mjs";

const { open, close } = visit();

// Each colour, what it stands on, and the least contrast.
const wanted = [
  [["ink"], ["paper", "raised", "mark"], 7],
  [["ink-soft"], ["paper", "raised"], 7],
  [["link", "visited"], ["paper", "raised"], 4.5],
  [["on-accent"], ["accent"], 4.5],
  [["edge", "focus", "accent", "good", "warn", "bad", "chart-1", "chart-2"], ["paper", "raised"], 3],
  [["terminal-ink", "terminal-soft", "terminal-command"], ["terminal"], 4.5],
  [["terminal-mark-ink"], ["terminal-mark"], 4.5],
];

// The contrast of two colours of the palette, as the browser computes them.
function contrasts(pairs) {
  const probe = document.body.appendChild(document.createElement("i"));
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (name) => {
    probe.style.color = `var(--${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return pairs.map(([one, other, least]) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return { one, other, least, is: (high + 0.05) / (low + 0.05) };
  });
}

const pairs = wanted.flatMap(([ones, others, least]) => ones.flatMap((one) => others.map((other) => [one, other, least])));

describe("every colour stands out from what it stands on", () => {
  for (const [name, appearance] of Object.entries({ ...appearances, "contrast, chosen": { media: { colorScheme: "dark" }, chosen: "contrast" } })) {
    // There the system's colours take the place of ours.
    if (appearance.media.forcedColors) continue;
    test(name, async () => {
      const page = await open("index.html");
      await appear(page, appearance);
      const found = await page.evaluate(contrasts, pairs);
      assert.equal(found.length, pairs.length);
      assert.deepEqual(found.filter(({ is, least }) => !(is >= least)), []);
      await close(page);
    });
  }
});

test("contrast that is chosen looks as contrast that the system asks for", async () => {
  const page = await open("index.html");
  const colours = () => page.evaluate(contrasts, pairs);
  for (const colorScheme of ["light", "dark"]) {
    await appear(page, { media: { colorScheme, contrast: "more" } });
    const asked = await colours();
    await appear(page, { media: { colorScheme }, chosen: "contrast" });
    assert.deepEqual(await colours(), asked, colorScheme);
  }
  await close(page);
});
