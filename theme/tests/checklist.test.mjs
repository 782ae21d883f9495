// The checklist: on the screen, in the browser's memory, in a spreadsheet, and on one sheet of paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, site } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// The site as it stands on a server that forbids everything that is not a file of its own.
const address = "https://site.test/";
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-src 'self'";
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".pdf": "application/pdf" };
const longNote = "Nadia asks the makers, the network team and both night shifts for lists; 30 Sept.";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

// A window on the checklist. `strict` serves it with the policy above.
async function open({ strict = false, theme = "light", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.route("**/*", (route) => {
    const path = join(site, decodeURIComponent(new URL(route.request().url()).pathname));
    if (!existsSync(path)) return route.fulfill({ status: 404 });
    const headers = { "content-type": types[extname(path)] ?? "application/octet-stream" };
    if (strict) headers["content-security-policy"] = policy;
    return route.fulfill({ headers, body: readFileSync(path) });
  });
  await context.addInitScript((theme) => {
    try {
      localStorage.setItem("mdbook-theme", theme);
    } catch {}
  }, theme);
  const page = await context.newPage();
  await page.goto(`${address}checklist.html`);
  return page;
}

const ticks = (page) => page.locator(".checklist .task input[type=checkbox]");
const notes = (page) => page.locator(".checklist .task textarea");
const progress = (page) => page.locator(".checklist .progress");

test("every task has a box with its words, a note, a tag, a milestone and an answer that is there", async () => {
  const page = await open();
  const seen = await page.locator(".checklist .task").evaluateAll((tasks) =>
    tasks.map((task) => ({
      words: task.querySelector("input[type=checkbox]").labels[0].textContent,
      note: task.querySelector("textarea").labels[0].textContent,
      tag: task.querySelector(".tag").textContent,
      milestone: task.querySelector(".milestone").textContent,
      answer: task.querySelector("a.answer").textContent,
      address: task.querySelector("a.answer").getAttribute("href"),
    })),
  );
  assert.ok(seen.length >= 5);
  for (const [index, task] of seen.entries()) {
    assert.match(task.words, /\S.*\.$/);
    assert.equal(task.note, `Note on task ${index + 1}`);
    assert.match(task.tag, /^DICOM( with MITA)?$/);
    assert.match(task.milestone, /^Milestone [1-8]: \S/);
    assert.match(task.answer, /\S/);
    assert.ok(existsSync(join(site, task.address.split("#")[0])), task.address);
  }
  assert.equal(new Set(seen.map((task) => task.words)).size, seen.length);
});

test("ticks and notes are there after a reload, by the task's id and not by its place", async () => {
  const page = await open();
  await ticks(page).nth(1).check();
  await notes(page).nth(2).pressSequentially("Nadia");
  const id = await page.locator(".task").nth(1).getAttribute("data-task");
  const kept = await page.evaluate(() => localStorage.getItem("shelf-ready.checklist.1"));
  assert.deepEqual(JSON.parse(kept)[id], { done: true, note: "" });
  await page.reload();
  assert.deepEqual(await ticks(page).evaluateAll((all) => all.flatMap((box, at) => (box.checked ? [at] : []))), [1]);
  assert.equal(await notes(page).nth(2).inputValue(), "Nadia");
  // A new task before the others.
  await page.context().route("**/checklist.html", async (route) => {
    const text = readFileSync(join(site, "checklist.html"), "utf8");
    const [first] = text.match(/<li class="task"[\s\S]*?<\/li>/);
    const added = first.replaceAll(/(task|tick|note)-[a-z0-9-]+"/g, '$1-new"').replace(/data-task="[^"]*"/, 'data-task="new"');
    await route.fulfill({ contentType: "text/html", body: text.replace(first, added + first) });
  });
  await page.reload();
  assert.deepEqual(await ticks(page).evaluateAll((all) => all.flatMap((box, at) => (box.checked ? [at] : []))), [2]);
  assert.equal(await page.locator(`#tick-${id}`).isChecked(), true);
  await page.context().close();
});

test("progress is said politely, in words", async () => {
  const page = await open();
  const all = await ticks(page).count();
  assert.equal(await progress(page).getAttribute("role"), "status");
  assert.match(await progress(page).textContent(), /^None of \w+ done$/);
  for (let at = 0; at < 3; at += 1) await ticks(page).nth(at).check();
  assert.match(await progress(page).textContent(), /^Three of \w+ done$/);
  for (let at = 3; at < all; at += 1) await ticks(page).nth(at).check();
  assert.match(await progress(page).textContent(), /^All \w+ done$/);
  await page.context().close();
});

test("Clear asks, then removes everything", async () => {
  const page = await open();
  await ticks(page).first().check();
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await ticks(page).first().isChecked(), true);
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await ticks(page).first().isChecked(), false);
  assert.equal(await page.evaluate(() => localStorage.getItem("shelf-ready.checklist.1")), null);
  await page.context().close();
});

test("Clear asks about tasks that the page does not know, and says so", async () => {
  const page = await open();
  const kept = () => page.evaluate(() => localStorage.getItem("shelf-ready.checklist.1"));
  await page.evaluate(() => localStorage.setItem("shelf-ready.checklist.1", '{"gone":{"done":true,"note":""}}'));
  const asked = [];
  for (const answer of ["dismiss", "accept"]) {
    page.once("dialog", (dialog) => {
      asked.push(dialog.message());
      return dialog[answer]();
    });
    await page.getByRole("button", { name: "Clear" }).click();
    assert.equal((await kept()) === null, answer === "accept");
  }
  assert.match(asked.join(), /no longer on this page.*no longer on this page/);
  // Nothing is kept: nothing to ask.
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(asked.length, 2);
  await page.context().close();
});

test("what is ticked and typed before the script is there stays", async () => {
  const page = await open();
  const id = await page.locator(".task").nth(2).getAttribute("data-task");
  await notes(page).nth(2).fill("Kept");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.context().route("**/theme/js/site-*.js", async (route) => {
    await held;
    return route.fallback();
  });
  await page.goto(page.url(), { waitUntil: "commit" });
  await ticks(page).nth(1).check();
  await notes(page).nth(0).fill("Nadia");
  await notes(page).nth(2).fill("Not kept");
  release();
  await page.locator(".checklist .tools").waitFor();
  for (const pass of ["at once", "after a reload"]) {
    assert.equal(await ticks(page).nth(1).isChecked(), true, pass);
    assert.equal(await notes(page).nth(0).inputValue(), "Nadia", pass);
    assert.equal(await page.locator(`#note-${id}`).inputValue(), "Kept", pass);
    assert.match(await progress(page).textContent(), /^One of/, pass);
    await page.reload();
  }
  await page.context().close();
});

// Firefox does so; here, the tick comes while the script is on its way.
test("what the browser ticks again, when the page is loaded again, does not stay", async () => {
  const page = await open();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.context().route("**/theme/js/site-*.js", async (route) => {
    await held;
    return route.fallback();
  });
  await page.reload({ waitUntil: "commit" });
  await ticks(page).nth(1).check();
  release();
  await page.locator(".checklist .tools").waitFor();
  assert.equal(await ticks(page).nth(1).isChecked(), false);
  assert.match(await progress(page).textContent(), /^None of/);
  await page.context().close();
});

test("where the browser is full, the page does not say that anything is kept", async () => {
  const page = await open();
  assert.match(await page.locator(".keeping").textContent(), /are kept in this browser/);
  await page.evaluate(() => {
    window.setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await ticks(page).first().check();
  assert.match(await page.locator(".keeping").textContent(), /until you leave this page/);
  await page.evaluate(() => {
    Storage.prototype.setItem = window.setItem;
  });
  await ticks(page).nth(1).check();
  assert.match(await page.locator(".keeping").textContent(), /are kept in this browser/);
  await page.context().close();
});

test("a note is one line, typed or kept", async () => {
  const page = await open();
  await notes(page).first().fill("ad");
  await notes(page).first().press("ArrowLeft");
  await notes(page).first().pressSequentially("b\nc");
  assert.equal(await notes(page).first().inputValue(), "ab cd");
  await page.evaluate(() => {
    const id = document.querySelectorAll(".task")[1].dataset.task;
    const kept = { [id]: { done: false, note: "a\nb\u2028c" } };
    localStorage.setItem("shelf-ready.checklist.1", JSON.stringify(kept));
  });
  await page.reload();
  assert.equal(await notes(page).nth(1).inputValue(), "a b c");
  await page.context().close();
});

test("two tabs show the same list", async () => {
  const page = await open();
  const other = await page.context().newPage();
  await other.goto(`${address}checklist.html`);
  await ticks(page).nth(3).check();
  await other.waitForFunction(() => document.querySelectorAll(".task input:checked").length === 1);
  await page.context().close();
});

// Reads CSV by RFC 4180, strictly.
function rows(csv) {
  const rows = [];
  let row = [];
  for (let rest = csv; rest; ) {
    const [whole, cell, end] = rest.match(/^"((?:[^"]|"")*)"(,|\r\n)/) ?? assert.fail(`no cell: ${rest}`);
    row.push(cell.replaceAll('""', '"'));
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
    rest = rest.slice(whole.length);
  }
  return rows;
}

test("the CSV holds everything, and nothing that a spreadsheet would run", async () => {
  const page = await open({ strict: true });
  const typed = ['=HYPERLINK("https://evil.example","x")', "+1", "-2+3", "@SUM(A1)", 'a "b", c\nd', " =1", "Größe, 漢"];
  await ticks(page).first().check();
  for (const [at, text] of typed.entries()) await notes(page).nth(at).fill(text);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "checklist.csv");
  const csv = readFileSync(await download.path(), "utf8");
  assert.ok(csv.startsWith("\ufeff"), "spreadsheets need the mark of UTF-8");
  const [head, ...tasks] = rows(csv.slice(1));
  assert.deepEqual(head, ["Number", "Task", "Done", "Note", "Why", "Tag", "Milestone", "Answer", "Address"]);
  assert.equal(tasks.length, await ticks(page).count());
  assert.deepEqual([tasks[0][0], tasks[0][2], tasks[1][2]], ["1", "yes", "no"]);
  assert.deepEqual(
    tasks.slice(0, typed.length).map((row) => row[3]),
    typed.map((text) => text.replace("\n", " ")).map((text) => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text)),
  );
  for (const row of tasks) for (const cell of row) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
  assert.match(tasks[0][8], /^https:\/\/site\.test\/(answers|papers)\/.+\.html/);
  await page.context().close();
});

test("a strict policy forbids nothing that the checklist does", async () => {
  const page = await open({ strict: true });
  await page.evaluate(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.blockedURI));
  });
  await ticks(page).nth(1).check();
  await notes(page).nth(1).fill(longNote);
  await page.getByRole("button", { name: "Save as CSV" }).click();
  assert.match(await progress(page).textContent(), /^One of/);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  const inline = await page.locator(".checklist [style], .checklist script, .checklist style").count();
  assert.equal(inline, 0);
  await page.context().close();
});

test("without scripts, the list can be read and ticked, and what needs a script is not there", async () => {
  const page = await open({ javaScriptEnabled: false });
  assert.equal(await page.locator(".checklist .tools").isVisible(), false);
  assert.equal(await page.locator(".checklist button").first().isVisible(), false);
  assert.match(await page.locator(".keeping").textContent(), /until you leave this page/);
  await ticks(page).first().check();
  await notes(page).first().fill("Nadia");
  assert.equal(await ticks(page).first().isChecked(), true);
  await page.context().close();
});

test("where the browser keeps nothing, the list works and says so", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("not in a private window", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: refuse });
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`${error.stack}`));
  await page.goto(`file://${site}/checklist.html`);
  await ticks(page).first().check();
  await notes(page).first().fill("Nadia");
  assert.match(await progress(page).textContent(), /^One of/);
  assert.match(await page.locator(".keeping").textContent(), /until you leave this page/);
  assert.deepEqual(complaints.filter((stack) => stack.includes("checklist")), []);
  await context.close();
});

test("the keyboard reaches everything, and shows where it is", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Print" }).focus();
  const reached = [];
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      const { tagName, className, type } = document.activeElement;
      return { what: `${tagName} ${className || type}`.trim(), ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
    });
    assert.ok(seen.ring, `${seen.what} shows no focus`);
    reached.push(seen.what);
  }
  assert.deepEqual(reached.slice(0, 4), ["BUTTON save", "BUTTON clear", "INPUT checkbox", "A answer"]);
  assert.ok(reached.includes("TEXTAREA textarea"), reached.join());
  await ticks(page).first().focus();
  await page.keyboard.press("Space");
  assert.equal(await ticks(page).first().isChecked(), true);
  await page.context().close();
});

for (const theme of ["light", "navy"]) {
  for (const width of [1280, 390]) {
    test(`nothing is in anybody's way, ${theme}, ${width} px wide`, async () => {
      const page = await open({ theme, viewport: { width, height: 900 } });
      await ticks(page).first().check();
      await notes(page).nth(1).fill(longNote);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "scrolls sideways");
      // A link in a sentence may be as low as its line (WCAG 2.2, 2.5.8).
      const targets = ".checklist :is(input, button, textarea, a):not(.sheets a)";
      const small = await page.locator(targets).evaluateAll((targets) =>
        targets
          .map((target) => ({ words: target.textContent || target.id, box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 24 || box.height < 24)
          .map(({ words, box }) => `${words} ${box.width} × ${box.height}`),
      );
      assert.deepEqual(small, []);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run(".checklist", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
      assert.deepEqual(found, []);
      await page.context().close();
    });
  }
}

// What an outside reader of PDF says about a file.
function inspect(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "checklist-"));
  try {
    const path = join(folder, "sheet.pdf");
    writeFileSync(path, pdf);
    const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const info = run("pdfinfo", path);
    return {
      pages: Number(info.match(/^Pages:\s+(\d+)$/m)?.[1]),
      size: info.match(/^Page size:\s+(.+)$/m)?.[1],
      text: run("pdftotext", "-layout", path, "-"),
      letters: [...run("pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", path).matchAll(/<fontspec [^>]*size="(\d+)"/g)].map(
        ([, size]) => Number(size) / 3,
      ),
      fonts: run("pdffonts", path).trim().split("\n").slice(2),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("printed by the browser, it is one page", () => {
  for (const format of ["A4", "Letter"]) {
    for (const [kind, note] of [
      ["capitals", "W".repeat(80)],
      ["capitals in words", "WHO ASKS THE MAKERS ".repeat(4)],
      ["line breaks", "a\n".repeat(40)],
      ["other scripts", "漢ß\u0301".repeat(20)],
    ]) {
      test(`${format}, notes of ${kind}`, async () => {
        const page = await open();
        for (const field of await notes(page).all()) await field.fill(note);
        const { pages, text } = inspect(await page.pdf({ format, printBackground: false }));
        assert.equal(pages, 1, text);
        assert.equal(text.includes("W…"), kind === "capitals", text);
        await page.context().close();
      });
    }
    for (const [state, options] of [
      ["empty", {}],
      ["with ticks and long notes", { typed: true }],
      ["in a dark theme", { typed: true, theme: "navy" }],
      ["without scripts", { javaScriptEnabled: false }],
    ]) {
      test(`${format}, ${state}`, async () => {
        const { typed, ...window } = options;
        const page = await open(window);
        const count = await notes(page).count();
        if (typed) {
          for (let at = 0; at < count; at += 1) {
            await ticks(page).nth(at).check();
            await notes(page).nth(at).pressSequentially(longNote);
          }
        }
        const { pages, size, text, letters } = inspect(await page.pdf({ format, printBackground: false }));
        assert.equal(pages, 1, text);
        assert.match(size, format === "A4" ? /A4/ : /letter/);
        const title = await page.locator("main h1").textContent();
        for (const wanted of [title.trim(), /(Draft|Reviewed|Cleared)/, /What the tags mean/, /Milestone \d/]) {
          assert.ok(typeof wanted === "string" ? text.includes(wanted) : wanted.test(text), `${wanted}: ${text}`);
        }
        const shown = longNote.slice(0, await notes(page).first().getAttribute("maxlength"));
        const words = text.replaceAll(/\s+/g, " ");
        assert.equal(words.split(shown).length - 1, typed ? count : 0, text);
        for (const chrome of ["Save as CSV", "Clear", "One page to print", "Source"]) assert.ok(!text.includes(chrome), chrome);
        assert.ok(letters.length > 0 && letters.every((size) => size >= 10), `letters of ${letters} pt`);
        await page.context().close();
      });
    }
  }
});

describe("the sheets beside the site", () => {
  for (const [name, paper] of [["checklist-a4-DRAFT.pdf", /A4/], ["checklist-letter-DRAFT.pdf", /letter/]]) {
    test(name, async () => {
      const page = await open();
      assert.equal(await page.locator(`.sheets a[href="kit/checklist/${name}"]`).count(), 1);
      const { pages, size, text, fonts } = inspect(readFileSync(join(site, "kit/checklist", name)));
      assert.equal(pages, 1);
      assert.match(size, paper);
      const words = text.replaceAll(/\s+/g, " ");
      for (const task of await page.locator(".what label").allTextContents()) {
        assert.ok(words.includes(task.replaceAll("'", "’")), `${task}: ${words}`);
      }
      assert.ok(fonts.length > 0 && fonts.every((font) => / yes +yes +yes /.test(font)), `fonts inside: ${fonts}`);
      await page.context().close();
    });
  }
});
