// The press room: the field for the question that was asked. What it chooses must be what the program
// chooses, to the score; by keyboard, from a folder, on a small screen, and without a script.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { barriers, visit } from "./visit.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const tables = JSON.parse(readFileSync(join(root, "preprocessor/kit/src/find/questions.json"), "utf8"));
const asked = [...tables.asked, ...tables.worded, ...tables.kept];
const hostile = [
  "a".repeat(10_000),
  "Are X-rays open? ".repeat(700),
  "\u0301\u0301 CAFE\u0301 ÅNGSTRÖM ß İ ﬁ ①",
  "constructor __proto__ toString hasOwnProperty",
  "-start--tls- 'firewal' DICOM's e-mail… x-ray/CT PS3.15.",
  "shodna ransomwear pasword fierwall maleware preambel aduit",
  "STARTTLS STARTTLS start tls",
  "\u{1d4d3}\u{1d4d8} \u{10400} नमस्ते ๑๒ Ⅷ",
  "line one\nline two\tof X-rays",
];
const questions = [...asked.map(({ question }) => question), ...tables.nothing, ...hostile];
// Built with the tests (`cargo test --package kit`).
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/examples/find");

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

// The press room, with its field ready.
async function ready(options) {
  const page = await visit(browser, "press.html", options);
  await page.locator("#asking").focus();
  await page.waitForFunction(() => window.shelfPress?.index);
  return page;
}

const close = (page) => page.context().close();

async function ask(page, question) {
  await page.locator("#asking").fill(question);
  return page.locator(".found .entry").evaluateAll((items) => items.map((item) => item.dataset.piece));
}

test("the page chooses what the program chooses, with the same score and reasons", async () => {
  assert.ok(existsSync(program), "run `cargo test --package kit` first");
  const { stdout, status, stderr } = spawnSync(program, [root], { input: JSON.stringify(questions), encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const wanted = JSON.parse(stdout).map(({ found }) => found);
  assert.ok(wanted.filter((found) => found.length > 1).length > 20);
  const page = await ready();
  const found = await page.evaluate((questions) => {
    const find = window.shelfPress.finderOf(window.shelfPress.index);
    return questions.map(find);
  }, questions);
  questions.forEach((question, at) => assert.deepEqual(found[at], wanted[at], question.slice(0, 100)));
  await close(page);
});

test("nine of ten questions that reporters have asked find the right piece first, each in 50 milliseconds", async () => {
  const page = await ready();
  const missed = [];
  for (const { question, right } of tables.asked) {
    const [first] = await ask(page, question);
    if (!right.includes(first)) missed.push(`${question} — ${first}`);
    const took = await page.evaluate((question) => {
      const find = window.shelfPress.finderOf(window.shelfPress.index);
      const start = performance.now();
      find(question);
      return performance.now() - start;
    }, question);
    assert.ok(took < 50, `${question}: ${took} ms`);
  }
  assert.ok(missed.length <= 1, missed.join("\n"));
  await close(page);
});

describe("what is asked and said", () => {
  const SURE = "Is it true that your standard leaves millions of X-rays open?";
  const UNSURE = "Can hospital viruses create fake cancerous nodes in CT scans and trick radiologists?";
  const said = (page, words) => page.locator(".asking [role=status]", { hasText: words }).waitFor();

  test("the one is told from three among which to choose, and nothing from both", async () => {
    const page = await ready();
    assert.equal((await ask(page, SURE))[0], "exposed-archives");
    await said(page, "One piece fits best.");
    assert.equal(await page.locator(".found.sure").count(), 1);
    assert.match(await page.locator(".found .why").first().textContent(), /^Why: .*X-rays.*: among words/);
    assert.equal((await ask(page, UNSURE)).length, 3);
    await said(page, "No piece stands out.");
    assert.equal(await page.locator(".found.sure").count(), 0);
    assert.deepEqual(await ask(page, "best apple pie recipe"), []);
    await said(page, "Nothing here answers that.");
    assert.deepEqual(await ask(page, ""), []);
    await page.waitForFunction(() => document.querySelector(".asking [role=status]").textContent === "");
    await close(page);
  });

  test("Enter leads to the first piece, Tab onwards, Escape empties the field", async () => {
    const page = await ready();
    await page.keyboard.type(SURE);
    await page.locator(".found .entry").first().waitFor();
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement.getAttribute("href"));
    assert.equal(await focused(), "incidents/exposed-archives.html");
    await page.locator("#asking").focus();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#asking").inputValue(), "");
    assert.equal(await page.locator(".found").isHidden(), true);
    await close(page);
  });

  test("an id stands once, also while pieces are offered", async () => {
    const page = await ready();
    await ask(page, UNSURE);
    const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
    await close(page);
  });

  for (const from of ["http", "file"]) {
    test(`it works from ${from}, and the policy has nothing to forbid`, async () => {
      const page = await ready({ from });
      assert.equal((await ask(page, SURE))[0], "exposed-archives");
      if (from === "http") assert.deepEqual(page.complaints(), []);
      await close(page);
    });
  }

  test("what is typed is text, and stays here", async () => {
    const page = await ready();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await ask(page, "<img src=x onerror=alert(1)> X-rays open");
    assert.equal(await page.locator(".asking img").count(), 0);
    assert.deepEqual(requests, []);
    assert.ok(!page.url().includes("X-rays"));
    await close(page);
  });

  for (const [width, colorScheme] of [[1280, "light"], [390, "dark"], [320, "light"]]) {
    test(`no barrier at ${width} pixels, ${colorScheme}, and nothing runs over the edge`, async () => {
      const page = await ready({ viewport: { width, height: 900 }, colorScheme });
      for (const question of [SURE, UNSURE, "best apple pie recipe", `${"W".repeat(300)} X-rays open`]) {
        await ask(page, question);
        assert.deepEqual(await barriers(page), []);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${question.slice(0, 20)}: ${over} pixels`);
      }
      await close(page);
    });
  }
});

test("without a script every piece stands in the list, and no field", async () => {
  const page = await visit(browser, "press.html", { javaScriptEnabled: false });
  assert.equal(await page.locator(".asking").isVisible(), false);
  const listed = await page.locator(".press .entry").evaluateAll((items) => items.map((item) => item.dataset.piece));
  assert.ok(listed.length >= 30, String(listed.length));
  assert.equal(new Set(listed).size, listed.length);
  const right = new Set(asked.flatMap(({ right }) => right).filter(Boolean));
  for (const slug of right) assert.ok(listed.includes(slug), slug);
  await close(page);
});

test("on paper the list stands without the field", async () => {
  const page = await ready();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".asking").isVisible(), false);
  assert.equal(await page.locator(".press .quote").first().isVisible(), true);
  await close(page);
});
