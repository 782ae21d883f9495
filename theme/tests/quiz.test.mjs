// The quiz of a lesson: answered by keyboard, right and wrong; kept in the browser or not; without scripts; on
// paper. Every quiz of the site is answered, and the small book in `quiz-book` has what they may not have.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { everyPage, launch, site } from "./browser.mjs";
import { appear, appearances } from "./layouts.mjs";
import { serve } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/shelf");
// A press that follows sooner is taken for the second half of the one before.
const PATIENCE = 550;

let browser, book, server, siteServer;

before(async () => {
  book = mkdtempSync(join(tmpdir(), "quiz-"));
  cpSync(join(here, "quiz-book"), book, { recursive: true });
  cpSync(join(root, "book.toml"), join(book, "book.toml"));
  for (const part of ["css", "js", "fonts", "index.hbs", "redirect.hbs", "favicon.svg"]) {
    cpSync(join(root, "theme", part), join(book, "theme", part), { recursive: true });
  }
  execFileSync(program, ["--book", book, "build", "--samples", "recorded"], {
    env: { ...process.env, SHELF_TODAY: "2026-11-22" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  server = await serve(join(book, "book"));
  siteServer = await serve(site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  await siteServer?.close();
  rmSync(book, { recursive: true, force: true });
});

const one = "lessons/lesson-1.html";
const two = "lessons/lesson-2.html";

// A page in a window of its own. `page.complaints` is what its browser and its policy complained of.
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  return visit(context, address);
}

async function visit(context, address) {
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.asked = [];
  page.on("request", (request) => page.asked.push(request.url()));
  await page.goto(address);
  return page;
}

const close = (page) => page.context().close();
const at = (path) => server.address + path;
const question = (page, id) => page.locator(`.question[data-question="${id}"]`);
const verdict = (box) => box.locator(".verdict");
const score = (page) => page.locator(".quiz .score").textContent();
const note = (page) => page.locator(".quiz .keeping").textContent();
const kept = (page, lesson = "lesson-1") => page.evaluate((lesson) => JSON.parse(localStorage.getItem(`shelf-ready.quiz.${lesson}`)), lesson);

// With the pointer.
async function choose(box, letters) {
  for (const letter of letters) await box.locator(`input[value=${letter}]`).check();
  await box.getByRole("button", { name: "Check" }).click();
}

// Presses Tab until the focus is where `isThere` says, and sees that the browser shows where it is.
async function tabTo(page, isThere, what) {
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(isThere)) {
      const { style, width } = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { style: outlineStyle, width: parseFloat(outlineWidth) };
      });
      assert.ok(style !== "none" && width >= 2, `the focus is not seen on ${what}`);
      return;
    }
  }
  assert.fail(`Tab does not lead to ${what}`);
}

// Chooses these options of the question that has the focus: arrows among round buttons, Tab among boxes.
async function press(page, wanted) {
  const kind = await page.evaluate(() => document.activeElement.type);
  const value = () => page.evaluate(() => document.activeElement.value);
  const [last] = wanted.slice(-1);
  if (kind === "radio") await page.keyboard.press("Space");
  for (let step = 0; step < 6; step += 1) {
    const here = await value();
    if (kind === "checkbox" && wanted.includes(here)) await page.keyboard.press("Space");
    if (here === last) break;
    await page.keyboard.press(kind === "radio" ? "ArrowDown" : "Tab");
  }
  assert.equal(await value(), last);
  await page.keyboard.press("Enter");
}

// Every question of the page: first wrong, then right, with nothing but keys.
async function answerAll(page) {
  const boxes = await page.locator(".quiz .question").all();
  assert.ok(boxes.length >= 1);
  await page.locator("#quiz a").focus();
  for (const [index, box] of boxes.entries()) {
    const options = await box.locator(".option").evaluateAll((items) =>
      items.map((item) => ({ letter: item.querySelector("input").value, isRight: item.hasAttribute("data-right") })),
    );
    const right = options.filter(({ isRight }) => isRight).map(({ letter }) => letter);
    const [wrong] = options.filter(({ isRight }) => !isRight).map(({ letter }) => letter);
    await tabTo(page, () => document.activeElement.matches(".question input:enabled"), "a question");
    const id = await box.getAttribute("data-question");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".question").dataset.question), id);
    await press(page, [wrong]);
    assert.match(await verdict(box).textContent(), /^✗ Not right\./);
    const reason = await box.locator(`.answer [data-because="${wrong}"]`).textContent();
    assert.ok((await verdict(box).textContent()).includes(`${wrong}: ${reason}`), reason);
    // Whoever answered wrong may look for the right answer, or unfold it.
    assert.equal(await box.locator(".answer .why").isVisible(), false);
    assert.equal(await box.locator("summary").isVisible(), true);
    assert.equal(await page.evaluate(() => document.activeElement.className), "again", "the focus stays near");
    await page.waitForTimeout(PATIENCE);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.matches("input:enabled:not(:checked)")), true);
    assert.equal(await verdict(box).textContent(), "");
    await page.waitForTimeout(PATIENCE);
    await press(page, right);
    assert.match(await verdict(box).textContent(), /^✓ Right\.$/);
    assert.equal(await box.locator(".answer .why").isVisible(), true);
    assert.ok((await box.locator(".answer .why").textContent()).length > 20);
    const sources = await box.locator(".answer a").evaluateAll((links) => links.map((link) => !!document.querySelector(link.hash.replaceAll(".", "\\."))));
    assert.ok(sources.length >= 1 && sources.every(Boolean), "every source stands in the list");
    if (index + 1 < boxes.length) assert.match(await score(page), /^[A-Z][a-z]+ of [a-z]+ answered, [a-z]+ right\.$/);
  }
  assert.match(await score(page), /^All [a-z]+ right\.$/);
  assert.deepEqual(page.complaints, []);
}

describe("every quiz is answered wrong and right by keyboard alone", () => {
  for (const path of [one, two]) {
    test(`of the small book: ${path}`, async () => {
      const page = await open(at(path));
      await answerAll(page);
      await close(page);
    });
  }
  test("of the site, which has one for every file", async () => {
    const isQuiz = (path) => readFileSync(join(site, path), "utf8").includes('class="quiz"');
    const pages = everyPage().filter(isQuiz);
    const folder = join(root, "content/quizzes");
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".toml")) : [];
    assert.equal(pages.length, files.length);
    for (const path of pages) {
      const page = await open(siteServer.address + path);
      await answerAll(page);
      await close(page);
    }
  });
});

test("what is chosen is told by words and signs, not by colours alone", async () => {
  const page = await open(at(one));
  const box = question(page, "several-right");
  await choose(box, "BC");
  assert.deepEqual(await box.locator(".verdict li").allTextContents(), ["C: Three is odd.", "Something right is missing."]);
  assert.deepEqual(await box.locator(".yours").allTextContents(), ["✓ your answer", "✗ your answer"]);
  assert.equal(await box.locator("input:enabled").count(), 0);
  // Half of what is right, and nothing wrong.
  await page.waitForTimeout(PATIENCE);
  await box.getByRole("button", { name: "Try again" }).click();
  assert.equal(await box.locator(".yours").count(), 0);
  await page.waitForTimeout(PATIENCE);
  await choose(box, "D");
  assert.equal(await verdict(box).textContent(), "✗ Not right.What you chose is right, and more is.");
  await close(page);
});

test("nothing chosen is no answer", async () => {
  const page = await open(at(one));
  const box = question(page, "one-right");
  await box.getByRole("button", { name: "Check" }).click();
  assert.equal(await verdict(box).textContent(), "Choose an answer first.");
  assert.equal(await page.evaluate(() => document.activeElement.value), "A");
  assert.equal(await kept(page), null);
  await box.locator("input[value=B]").check();
  assert.equal(await verdict(box).textContent(), "");
  assert.equal(await score(page), "None of three answered.");
  await close(page);
});

test("a double press checks once, and does not take the answer back", async () => {
  const page = await open(at(one));
  const box = question(page, "one-right");
  await box.locator("input[value=B]").check();
  await box.getByRole("button", { name: "Check" }).dblclick();
  await page.keyboard.press("Enter");
  assert.match(await verdict(box).textContent(), /Not right/);
  await close(page);
});

test("progress is there after a reload, and is heard only when it is new", async () => {
  const page = await open(at(one));
  await choose(question(page, "one-right"), "C");
  await choose(question(page, "several-right"), "BD");
  const wanted = { "one-right": ["This one is wrong, too."], "several-right": ["The second.", "The fourth."] };
  assert.deepEqual(await kept(page), wanted);
  await page.reload();
  assert.equal(await score(page), "Two of three answered, one right.");
  assert.match(await verdict(question(page, "one-right")).textContent(), /Not right.*C: It is too short/s);
  assert.match(await verdict(question(page, "several-right")).textContent(), /Right\./);
  assert.equal(await question(page, "one-right").locator("input[value=C]").isChecked(), true);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY", "the focus is the reader's");
  assert.deepEqual(await page.locator(".verdict").evaluateAll((all) => all.map((one) => one.role)), ["status", "status", "status"]);
  // Trying again takes it back, until it is checked again.
  await page.waitForTimeout(PATIENCE);
  await question(page, "one-right").getByRole("button", { name: "Try again" }).click();
  assert.deepEqual(Object.keys(await kept(page)), ["several-right"]);
  await page.reload();
  assert.equal(await score(page), "One of three answered, one right.");
  await close(page);
});

test("Clear asks, then removes the answers from the page and from the browser", async () => {
  const page = await open(at(one));
  const button = page.getByRole("button", { name: "Clear my answers" });
  // Nothing to clear: nothing to ask.
  page.once("dialog", () => assert.fail("asked"));
  await button.click();
  page.removeAllListeners("dialog");
  await choose(question(page, "yes-or-no"), "A");
  page.once("dialog", (dialog) => dialog.dismiss());
  await button.click();
  assert.deepEqual(await kept(page), { "yes-or-no": ["No."] });
  assert.equal(await question(page, "yes-or-no").locator(".said code").textContent(), "No.");
  page.once("dialog", (dialog) => dialog.accept());
  await button.click();
  assert.equal(await kept(page), null);
  assert.equal(await score(page), "None of three answered.");
  assert.equal(await page.locator(".quiz input:checked, .quiz input:disabled").count(), 0);
  assert.equal(await page.locator(".quiz .answer:visible").count(), 0);
  await page.reload();
  assert.equal(await score(page), "None of three answered.");
  await close(page);
});

test("two lessons do not mix, although their questions have the same id and the same words", async () => {
  const page = await open(at(one));
  await choose(question(page, "one-right"), "A");
  const other = await visit(page.context(), at(two));
  assert.equal(await score(other), "None of one answered.");
  await choose(question(other, "one-right"), "A");
  assert.match(await verdict(question(other, "one-right")).textContent(), /Not right/);
  assert.match(await verdict(question(page, "one-right")).textContent(), /Right\./);
  other.once("dialog", (dialog) => dialog.accept());
  await other.getByRole("button", { name: "Clear my answers" }).click();
  assert.equal(await kept(other, "lesson-2"), null);
  assert.deepEqual(await kept(page), { "one-right": ["This one is right."] });
  await close(page);
});

test("two tabs show the same quiz", async () => {
  const page = await open(at(one));
  const other = await visit(page.context(), at(one));
  await choose(question(page, "yes-or-no"), "B");
  await other.waitForFunction(() => document.querySelector(".score").textContent === "One of three answered, one right.");
  await close(page);
});

test("an answer whose words are no option any more is old, and junk is nothing", async () => {
  const page = await open(at(one));
  for (const junk of ["null", "[]", "7", "{", '{"one-right":"A"}', '{"one-right":[7]}', '{"one-right":["What is no option."]}', '{"gone":["A"]}', '{"__proto__":["x"]}', '{"one-right":[]}']) {
    await page.evaluate((junk) => localStorage.setItem("shelf-ready.quiz.lesson-1", junk), junk);
    await page.reload();
    assert.equal(await score(page), "None of three answered.", junk);
  }
  assert.deepEqual(page.complaints, []);
  await close(page);
});

test("from a folder, and where the browser keeps nothing, it works and says so", async () => {
  for (const refused of [true, false]) {
    const context = await browser.newContext();
    if (refused) {
      await context.addInitScript(() => {
        const refuse = () => {
          throw new DOMException("not in a private window", "SecurityError");
        };
        Object.defineProperty(window, "localStorage", { get: refuse });
      });
    }
    const page = await visit(context, pathToFileURL(join(book, "book", one)).href);
    await page.locator(".quiz .tools").waitFor();
    await choose(question(page, "one-right"), "A");
    assert.match(await verdict(question(page, "one-right")).textContent(), /Right\./);
    assert.equal(await score(page), "One of three answered, one right.");
    assert.match(await note(page), refused ? /last until you leave this page/ : /kept in this browser.*sent to nobody/);
    await page.reload();
    await page.locator(".quiz .tools").waitFor();
    assert.equal(await score(page), refused ? "None of three answered." : "One of three answered, one right.");
    assert.deepEqual(page.complaints.filter((text) => !text.includes("Subresource Integrity")), []);
    await context.close();
  }
});

test("where the browser is full, the page does not say that anything is kept", async () => {
  const page = await open(at(one));
  assert.match(await note(page), /are kept in this browser/);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await choose(question(page, "one-right"), "A");
  assert.match(await note(page), /until you leave this page/);
  await close(page);
});

test("nothing leaves the browser, and a strict policy forbids nothing that the quiz does", async () => {
  const page = await open(at(one));
  await page.evaluate(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  // A font of the page may still be on its way.
  await page.waitForLoadState("networkidle");
  const before = page.asked.length;
  await choose(question(page, "one-right"), "A");
  await choose(question(page, "several-right"), "A");
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.equal(page.asked.length, before);
  assert.equal(await page.locator(".quiz [style], .quiz script, .quiz style, .quiz form").count(), 0);
  assert.deepEqual(page.complaints, []);
  await close(page);
});

test("a source leads back to its question, and not into an answer that nobody has seen", async () => {
  const page = await open(at(one));
  const back = page.locator('#footnote-invented-two a[href^="#fr-"]');
  const cited = question(page, "one-right").locator(".answer a").nth(1);
  assert.equal(`#${await cited.evaluate((link) => link.parentElement.id)}`, await back.first().getAttribute("href"));
  await back.first().click();
  assert.equal(await cited.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.closest(".question")?.dataset.question), "one-right");
  await choose(question(page, "one-right"), "B");
  await back.first().click();
  assert.equal(await cited.isVisible(), true);
  await close(page);
});

test("without scripts, each answer can be unfolded below its question", async () => {
  const page = await open(at(one), { javaScriptEnabled: false });
  assert.equal(await page.locator(".quiz :is(input, button, .tools):visible").count(), 0);
  assert.equal(await page.locator(".quiz .option:visible").count(), 10);
  const box = question(page, "several-right");
  assert.equal(await box.locator(".why").isVisible(), false);
  await box.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.match(await box.locator(".why").innerText(), /^B and D are right\. The second and the fourth/);
  assert.deepEqual(await box.locator(".wrong li").allInnerTexts(), ["Not A: One is odd.", "Not C: Three is odd.", "Not E: Five is odd."]);
  await box.locator(".answer a").click();
  assert.match(page.url(), /#footnote-invented-two$/);
  await close(page);
});

// What axe finds, and where it cannot tell whether the contrast is enough.
async function examine(page) {
  return page.evaluate(async () => {
    const { violations, incomplete, passes } = await window.axe.run(".quiz", { rules: { "target-size": { enabled: true } } });
    // Of a single letter or sign, axe never can: ours have the colour of the words beside them.
    const isWord = ({ any }) => !/too short|only non-text characters/.test(any[0]?.message);
    const where = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
    const undecided = incomplete.filter(({ id }) => id === "color-contrast");
    return {
      passes: passes.length,
      found: [...violations.flatMap(where), ...undecided.flatMap(({ id, nodes }) => where({ id, nodes: nodes.filter(isWord) }))],
    };
  });
}

// What can be pressed, and is too small. A link in a sentence may be as low as its line (WCAG 2.2, 2.5.8).
const small = (page) =>
  page.locator(".quiz :is(label, button, summary):visible").evaluateAll((targets) =>
    targets
      .map((target) => ({ words: target.textContent, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ words, box }) => `${words} ${box.width} × ${box.height}`),
  );

describe("no barrier before and after answers, and nothing beyond the edge", () => {
  for (const width of [320, 390, 1280]) {
    test(`${width} px`, async () => {
      const page = await open(at(one), { viewport: { width, height: 900 } });
      await page.evaluate(axe);
      const looks = { ...appearances, "contrast, chosen": { media: { colorScheme: "dark" }, chosen: "contrast" } };
      for (const state of ["before", "after"]) {
        if (state === "after") {
          await choose(question(page, "one-right"), "B");
          await question(page, "one-right").locator("summary").click();
          await choose(question(page, "several-right"), "BC");
          await choose(question(page, "yes-or-no"), "B");
        }
        for (const [name, look] of Object.entries(looks)) {
          await appear(page, look);
          const { passes, found } = await examine(page);
          assert.deepEqual(found, [], `${name}, ${state}`);
          assert.ok(passes >= 10, `axe looked at ${passes} rules only`);
        }
        assert.deepEqual(await small(page), [], state);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true, state);
      }
      await close(page);
    });
  }
});

// The text of each sheet of paper.
async function sheets(page) {
  const folder = mkdtempSync(join(tmpdir(), "quiz-print-"));
  try {
    const path = join(folder, "page.pdf");
    writeFileSync(path, await page.pdf({ format: "A4" }));
    const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
    return text.split("\f").slice(0, -1).map((sheet) => sheet.replaceAll(/\s+/g, " "));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("paper has the questions as nobody has answered them, and no answer", async () => {
  const blank = await open(at(one));
  const wanted = await sheets(blank);
  await close(blank);
  const printed = wanted.join(" ");
  for (const text of ["1. Which of these is “right”?", "Choose all that are right.", "E The fifth.", "3. Is this the last question?"]) {
    assert.ok(printed.includes(text), `${text}: ${printed}`);
  }
  for (const text of ["B and D are right.", "Not E: Five is odd.", "No question follows it."]) {
    assert.ok(!printed.includes(text), text);
  }
  for (const text of ["Try again", "Check", "Clear", "your answer", "answered", "Right answer, and why"]) {
    assert.ok(!wanted.join().includes(text), text);
  }
  const answered = await open(at(one));
  await choose(question(answered, "one-right"), "A");
  assert.deepEqual(await sheets(answered), wanted);
  await close(answered);
  const bare = await open(at(one), { javaScriptEnabled: false });
  assert.deepEqual(await sheets(bare), wanted);
  await close(bare);
});
