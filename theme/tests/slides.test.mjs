// The slides of every lesson: what the back row can read, what a lecturer does with them, from a server and from
// a folder on a stick.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { site, visit } from "./browser.mjs";
import { ROOM, walk } from "./slides.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { address, open, close } = visit();
const folder = join(site, "slides");
const decks = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".html")).sort() : [];

// From a server, and from a folder, where pages have no origin.
const from = {
  "a server": (deck, query = "") => address(`slides/${deck}${query}`),
  "a folder": (deck, query = "") => pathToFileURL(join(folder, deck)).href + query,
};

// A window of its own for a deck; `complaints` are what the policy forbade and which scripts failed, in every
// window that it opens too.
async function show(url, options = {}) {
  const page = await open(undefined, { viewport: ROOM, reducedMotion: "reduce", ...options });
  const complaints = [];
  const watch = (window) => {
    window.on("pageerror", (error) => complaints.push(String(error)));
    window.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
  };
  const context = page.context();
  watch(page);
  context.on("page", watch);
  await context.exposeFunction("noteViolation", (what) => complaints.push(what));
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) => window.noteViolation(`${event.violatedDirective}: ${event.blockedURI}`)),
  );
  if (options.noScript) await context.route("**/deck.js", (route) => route.abort());
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  return { page, complaints };
}

async function barriers(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const rules = { "target-size": { enabled: true } };
    const { violations, incomplete } = await window.axe.run(document, { preload: false, rules });
    const where = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
    const isNoPicture = ({ target }) => !document.querySelector(target.join(" "))?.closest("svg");
    const undecided = incomplete.filter(({ id }) => id === "color-contrast");
    // Of a mark of one character, and of words in a picture, axe cannot tell.
    const unsure = undecided.flatMap(({ id, nodes }) =>
      where({ id, nodes: nodes.filter((node) => isNoPicture(node) && !node.any[0]?.message.includes("too short")) }),
    );
    return [...violations.flatMap(where), ...unsure];
  });
}

const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash.slice(1)));
const shown = (page) => page.locator(".slide.now").getAttribute("id");
const idsOf = (page) => page.locator(".slide").evaluateAll((slides) => slides.map((slide) => slide.id));
const until = (page, id) => page.locator(`.slide.now[id="${id}"]`).waitFor({ state: "attached", timeout: 5000 });

test("there are slides", () => assert.ok(decks.length >= 1, `${folder} has no slides; build the site first`));

describe("every slide can be read from the back row", { concurrency: 2 }, () => {
  for (const deck of decks) {
    for (const where of Object.keys(from)) {
      test(`${deck} from ${where}`, async () => {
        const { page, complaints } = await show(from[where](deck));
        const at = [];
        const { ids, wrong } = await walk(page, async (id) => at.push([id, await hash(page)]));
        assert.deepEqual(wrong, []);
        assert.ok(ids.length >= 3, `${ids.length} slides`);
        // The address of the first is that of the page, until another was shown.
        for (const [id, address] of at.slice(1)) assert.equal(address, id);
        assert.equal(await shown(page), ids.at(-1));
        for (const id of ids.slice(0, -1).reverse()) {
          await page.keyboard.press("PageUp");
          assert.equal(await shown(page), id);
        }
        assert.deepEqual(complaints, []);
        await close(page);
      });
    }
  }
});

describe("axe-core finds nothing", { concurrency: 2 }, () => {
  const appearances = {
    light: { colorScheme: "light" },
    dark: { colorScheme: "dark" },
    "more contrast": { colorScheme: "dark", contrast: "more" },
    "forced colours": { colorScheme: "dark", forcedColors: "active" },
  };
  for (const deck of decks) {
    test(`on any slide of ${deck}`, async () => {
      const { page } = await show(from["a server"](deck));
      const found = [];
      await walk(page, async (id) => found.push(...(await barriers(page)).map((what) => `${id}: ${what}`)));
      assert.deepEqual(found, []);
      await close(page);
    });
  }

  const deck = decks[0];
  for (const [name, appearance] of Object.entries(appearances)) {
    test(`in any view, ${name}`, async () => {
      const { page } = await show(from["a server"](deck));
      const look = async (view) => assert.deepEqual(await barriers(page), [], view);
      await page.emulateMedia(appearance);
      for (const kind of ["title", "objectives", "text", "sample", "picture", "table", "lab", "quiz", "end"]) {
        const one = page.locator(`.slide.${kind}, .slide:has(.face ${kind === "table" ? "" : "."}${kind})`).first();
        if ((await one.count()) === 0) continue;
        await page.goto(from["a server"](deck, `#${await one.getAttribute("id")}`));
        await look(kind);
      }
      await page.keyboard.press("n");
      await page.locator(".now .notes").waitFor();
      await look("notes below");
      await page.keyboard.press("o");
      await look("overview");
      await page.keyboard.press("t");
      await look("one text");
      await page.keyboard.press("t");
      await page.keyboard.press("?");
      await look("more");
      await page.goto(from["a server"](deck, "?presenter"));
      await look("lecturer's window");
      await page.keyboard.press("End");
      await look("lecturer's window, last slide");
      await close(page);
      const bare = await show(from["a server"](deck), { noScript: true });
      await bare.page.emulateMedia(appearance);
      assert.deepEqual(await barriers(bare.page), [], "without the script");
      await close(bare.page);
    });
  }
});

describe("the lecturer's window", () => {
  for (const where of Object.keys(from)) {
    test(`and the window for the room step each other, from ${where}`, async () => {
      const { page: room, complaints } = await show(from[where](decks[0]));
      const ids = await idsOf(room);
      await room.keyboard.press("PageDown");
      const [desk] = await Promise.all([room.context().waitForEvent("page"), room.keyboard.press("p")]);
      await until(desk, ids[1]);
      await desk.getByText("The other window follows.").waitFor();
      await desk.keyboard.press("PageDown");
      await until(room, ids[2]);
      await room.keyboard.press("PageUp");
      await until(desk, ids[1]);
      assert.equal(await desk.locator(".slide.then").getAttribute("id"), ids[2]);
      assert.ok(await desk.locator(".now .notes").isVisible());

      await desk.getByRole("button", { name: "Start the clock" }).click();
      await desk.getByRole("button", { name: "Blank the screen" }).click();
      await room.locator("button.blank").waitFor();
      await desk.keyboard.press("b");
      await room.locator("button.blank").waitFor({ state: "hidden" });

      // Either is loaded again, and goes on where it was; the clock runs on.
      await desk.reload();
      await desk.getByText("The other window follows.").waitFor();
      await desk.getByRole("button", { name: "Pause the clock" }).waitFor();
      await desk.keyboard.press("PageDown");
      await until(room, ids[2]);
      await room.reload();
      await desk.keyboard.press("End");
      await until(room, ids.at(-1));
      await room.keyboard.press("Home");
      await until(desk, ids[0]);

      // The room's window is closed: the notes stay, and open another.
      await room.close();
      await desk.getByText("The other window is not open.").waitFor();
      await desk.keyboard.press("PageDown");
      await until(desk, ids[1]);
      const [again] = await Promise.all([
        desk.context().waitForEvent("page"),
        desk.getByRole("button", { name: "Open the window for the room" }).click(),
      ]);
      await until(again, ids[1]);
      await desk.getByText("The other window follows.").waitFor();
      await again.keyboard.press("PageDown");
      await until(desk, ids[2]);

      // The lecturer's window is closed: the slides go on, and open another.
      await desk.close();
      await again.keyboard.press("PageDown");
      await until(again, ids[3]);
      const [third] = await Promise.all([again.context().waitForEvent("page"), again.keyboard.press("p")]);
      await until(third, ids[3]);
      await third.keyboard.press("PageUp");
      await until(again, ids[2]);
      await third.getByRole("button", { name: "Pause the clock" }).waitFor();
      assert.deepEqual(complaints, []);
      await close(again);
    });
  }

  test("takes no orders from a window that does not know the pair", async () => {
    const { page: room } = await show(from["a folder"](decks[0]));
    const ids = await idsOf(room);
    const [stranger] = await Promise.all([
      room.context().waitForEvent("page"),
      room.evaluate(() => void window.open(location.href.split("#")[0])),
    ]);
    await stranger.waitForLoadState();
    await stranger.evaluate((slide) => {
      const state = JSON.stringify({ slide, isBlank: true, clock: { before: 0, since: null } });
      const message = { shelf: document.documentElement.dataset.deck, role: "presenter", what: "call", turn: 99, state };
      for (const token of [undefined, "", "0123456789abcdef"]) window.opener.postMessage({ ...message, token }, "*");
    }, ids[2]);
    await room.waitForTimeout(300);
    assert.equal(await shown(room), ids[0]);
    assert.ok(await room.locator("button.blank").isHidden());
    await close(room);
  });

  test("says whether the lesson keeps to its plan", async () => {
    const page = await open(undefined, { viewport: { width: 1440, height: 800 } });
    await page.clock.install();
    await page.goto(from["a server"](decks[0], "?presenter"));
    const pace = page.locator('[data-shows="pace"]');
    const minutes = await page.locator(".slide").evaluateAll((slides) => slides.map((slide) => Number(slide.dataset.minutes)));
    const at = minutes.findIndex((one) => one > 0);
    for (let step = 0; step < at; step += 1) await page.keyboard.press("PageDown");
    await page.getByRole("button", { name: "Start the clock" }).click();
    await page.clock.runFor(1000);
    assert.match(await pace.textContent(), /^On time, next in /);
    await page.clock.runFor(minutes[at] * 60_000 + 30_000);
    assert.match(await pace.textContent(), /^0:3\d behind$/);
    await page.getByRole("button", { name: "Pause the clock" }).click();
    const stood = await page.locator('[data-shows="elapsed"]').textContent();
    await page.clock.runFor(60_000);
    assert.equal(await page.locator('[data-shows="elapsed"]').textContent(), stood);
    await page.getByRole("button", { name: "Set to zero" }).click();
    await page.keyboard.press("End");
    await page.getByRole("button", { name: "Start the clock" }).click();
    await page.clock.runFor(1000);
    assert.match(await pace.textContent(), / ahead$/);
    await close(page);
  });

  test("that the browser does not open is made up for on the same screen", async () => {
    const { page } = await show(from["a server"](decks[0]));
    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.keyboard.press("p");
    await page.getByText("The browser did not open a second window.").waitFor();
    await page.getByRole("button", { name: "Notes below the slide" }).click();
    assert.ok(await page.locator(".now .notes").isVisible());
    assert.ok(await page.locator(".now .face").isVisible());
    await close(page);
  });
});

describe("keys and buttons", () => {
  test("lead where they say", async () => {
    const { page } = await show(from["a folder"](decks[0]));
    const ids = await idsOf(page);
    const after = async (key, id) => {
      await page.keyboard.press(key);
      assert.equal(await shown(page), id, key);
    };
    for (const key of ["ArrowRight", "ArrowDown", "Space", "PageDown"]) await after(key, ids[1 + ["ArrowRight", "ArrowDown", "Space", "PageDown"].indexOf(key)]);
    for (const [index, key] of ["ArrowLeft", "ArrowUp", "PageUp"].entries()) await after(key, ids[3 - index]);
    await after("End", ids.at(-1));
    await after("PageDown", ids.at(-1));
    await after("Home", ids[0]);
    await page.keyboard.press("3");
    await after("Enter", ids[2]);
    // A jump is taken back by the browser's button; the address of each slide is its own.
    await page.goBack();
    await until(page, ids[0]);
    await page.goForward();
    await until(page, ids[2]);
    assert.equal(await page.evaluate(() => document.activeElement.closest(".slide")?.id), ids[2]);

    const next = page.getByRole("button", { name: "Next slide" });
    await next.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    assert.equal(await shown(page), ids[4]);
    assert.match(await page.locator('[data-shows="said"]').textContent(), new RegExp(`^5 of ${ids.length}: `));
    await page.getByRole("button", { name: "Previous slide" }).click();
    assert.equal(await shown(page), ids[3]);

    await page.keyboard.press("o");
    assert.equal(await page.locator(".slide .to:visible").count(), ids.length);
    assert.equal(await page.evaluate(() => document.activeElement.closest(".slide").id), ids[3]);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    assert.equal(await shown(page), ids[2]);
    assert.equal(await page.locator(".slide .face:visible").count(), 1);

    await page.keyboard.press(".");
    assert.ok(await page.locator("button.blank").isVisible());
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("button.blank").isHidden());
    await page.keyboard.press("?");
    assert.ok(await page.locator("dialog.more").isVisible());
    await page.keyboard.press("PageDown");
    assert.equal(await shown(page), ids[2], "the dialogue keeps the keys");
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await page.keyboard.press("f");
    await page.waitForFunction(() => document.fullscreenElement === null);
    await close(page);
  });

  test("of one letter or digit can be turned off", async () => {
    const { page } = await show(from["a server"](decks[0]));
    const ids = await idsOf(page);
    await page.getByRole("button", { name: /^More/ }).click();
    await page.getByRole("checkbox").uncheck();
    await page.getByRole("button", { name: "Close" }).click();
    // The button that opened the dialogue has the focus, and Enter would press it again.
    await page.mouse.click(600, 500);
    for (const round of ["at once", "after loading again"]) {
      for (const key of ["b", "o", "n", "t", "p", "?", "3"]) await page.keyboard.press(key);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.documentElement.dataset.view), "show", round);
      assert.ok(await page.locator("button.blank").isHidden());
      assert.ok(await page.locator("dialog.more").isHidden());
      await page.reload();
    }
    await page.keyboard.press("PageDown");
    assert.equal(await shown(page), ids[1]);
    await close(page);
  });

  test("show the colours that were chosen, here and in the other window", async () => {
    const { page } = await show(from["a server"](decks[0]), { colorScheme: "dark" });
    const paper = (window) => window.locator(".now .face").evaluate((face) => getComputedStyle(face.parentElement.parentElement).colorScheme);
    assert.equal(await paper(page), "light dark");
    const [desk] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("p")]);
    await desk.getByText("The other window follows.").waitFor();
    await page.keyboard.press("?");
    await page.locator("dialog.more select").selectOption("light");
    assert.equal(await paper(page), "light");
    await desk.waitForFunction(() => document.documentElement.dataset.appearance === "light");
    await page.reload();
    assert.equal(await paper(page), "light");
    await close(page);
  });

  test("leave a page that is enlarged to twice its size a text that fits", async () => {
    const { page } = await show(from["a server"](decks[0]), { viewport: { width: 640, height: 360 } });
    const ids = await idsOf(page);
    assert.equal(await page.locator(".slide .face:visible").count(), ids.length);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.setViewportSize({ width: 320, height: 640 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await close(page);
  });
});

test("without the script, every slide and every note can be read", async () => {
  for (const deck of decks) {
    const { page } = await show(from["a folder"](deck), { noScript: true });
    const ids = await idsOf(page);
    for (const part of [".face", ".notes > div"]) assert.equal(await page.locator(`.slide ${part}:visible`).count(), ids.length, `${deck} ${part}`);
    for (const control of [".steps", ".desk", "dialog", "button"]) assert.equal(await page.locator(`${control}:visible`).count(), 0, control);
    const tops = await page.locator(".slide").evaluateAll((slides) => slides.map((slide) => slide.getBoundingClientRect().top));
    assert.deepEqual(tops, tops.toSorted((one, other) => one - other));
    await close(page);
  }
});

describe("printed", { concurrency: 2 }, () => {
  // The text of each sheet of paper.
  function sheets(pdf) {
    const temporary = mkdtempSync(join(tmpdir(), "slides-"));
    try {
      const path = join(temporary, "slides.pdf");
      writeFileSync(path, pdf);
      const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
      const size = execFileSync("pdfinfo", [path], { encoding: "utf8" }).match(/Page size:\s+([\d.]+) x ([\d.]+)/);
      return { text: text.split("\f").slice(0, -1), size: size.slice(1).map(Number) };
    } finally {
      rmSync(temporary, { recursive: true });
    }
  }
  // A hyphen at the end of a line is not in the text of a PDF.
  const squeeze = (text) => text.replaceAll(/[\s-]+/g, "");

  for (const deck of decks) {
    test(`${deck}: a slide a page`, async () => {
      const { page } = await show(from["a server"](deck), { colorScheme: "dark" });
      const count = await page.locator(".slide").count();
      await page.keyboard.press("o");
      const { text, size } = sheets(await page.pdf({ preferCSSPageSize: true }));
      assert.deepEqual(size, [960, 540]);
      assert.equal(text.length, count);
      text.forEach((sheet, index) => assert.match(sheet, new RegExp(`(^|\\s)${index + 1} / ${count}(\\s|$)`)));
      await close(page);
    });

    for (const [name, query, noScript] of [["with notes", "?print=notes", false], ["without the script", "", true]]) {
      for (const format of ["A4", "Letter"]) {
        test(`${deck}: ${name}, ${format}`, async () => {
          const { page } = await show(from["a server"](deck, query), { noScript });
          // The beginning and the end of every paragraph, which paper shows without the number of its item.
          const notes = await page.locator(".notes").evaluateAll((all) =>
            all.map((one) =>
              [...one.querySelectorAll("summary, p, li:not(:has(p, li))")].flatMap(({ textContent }) => {
                const words = textContent.replaceAll(/[\s-]+/g, "");
                return [words.slice(0, 20), words.slice(-12)];
              }),
            ),
          );
          const { text, size } = sheets(await page.pdf({ format, preferCSSPageSize: true }));
          assert.equal(Math.round(size[0]), format === "A4" ? 596 : 612);
          assert.ok(text.length >= notes.length);
          // Each slide begins a sheet, with its notes below it, and overleaf where they are long.
          const begins = notes.map((_, index) => text.findIndex((sheet) => sheet.includes(`${index + 1} / ${notes.length}`) && !sheet.includes(`${index + 11} / ${notes.length}`)));
          begins.forEach((sheet, index) => {
            assert.ok(sheet >= 0, `slide ${index + 1}`);
            const all = squeeze(text.slice(sheet, begins[index + 1] ?? text.length).join(""));
            for (const words of notes[index]) assert.ok(all.includes(words), `${index + 1}: ${words}`);
          });
          assert.equal(new Set(begins).size, notes.length);
          await close(page);
        });
      }
    }
  }
});

test("the checks find what is wrong with a deck that fails them", async () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const temporary = mkdtempSync(join(tmpdir(), "slides-"));
  try {
    cpSync(folder, join(temporary, "slides"), { recursive: true, filter: (path) => !/\.(html|pdf)$/.test(path) });
    cpSync(join(here, "slides/small.css"), join(temporary, "slides/small.css"));
    // The buttons are those of a real deck.
    const controls = readFileSync(join(folder, decks[0]), "utf8").split("</main>")[1].split("</body>")[0];
    const failing = readFileSync(join(here, "slides/failing.html"), "utf8").replace("<!-- controls -->", () => controls);
    writeFileSync(join(temporary, "slides/failing.html"), failing);
    const { page } = await show(pathToFileURL(join(temporary, "slides/failing.html")).href);
    const { ids, wrong } = await walk(page);
    const found = (id) => wrong.filter((what) => what.startsWith(`${id}: `)).join("\n");
    assert.equal(ids.length, 7);
    assert.equal(found("right"), "");
    assert.match(found("too-long"), /stands outside: <samp> 20/);
    assert.match(found("too-wide"), /stands outside: <table>/);
    assert.match(found("too-wide"), /runs out: <td>/);
    assert.match(found("too-small"), /letters of 18\.0 pixels: <p>/);
    assert.match(found("small-in-picture"), /letters of 1\d\.\d pixels: <text>/);
    assert.equal(found("too-many"), "too-many: 41 words");
    assert.equal(found("just-enough"), "");
    await close(page);
  } finally {
    rmSync(temporary, { recursive: true });
  }
});
