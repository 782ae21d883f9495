// The strict policy: nothing on a page needs more than files of its own site, and nothing else runs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { everyPage, site, visit } from "./browser.mjs";
import { tags } from "./markup.mjs";

const { address, open, close } = visit();
const pages = everyPage();

// Notes what a page asks for, says on the console, and is forbidden.
async function watch(page) {
  const seen = { asked: [], complaints: [] };
  page.on("request", (request) => seen.asked.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  await page.exposeFunction("noteViolation", (what) => seen.complaints.push(what));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) => window.noteViolation(`${event.violatedDirective}: ${event.blockedURI}`)),
  );
  return seen;
}

test("no page has a script, a style or a handler inside it", () => {
  let looked = 0;
  for (const path of pages) {
    for (const { name, attributes, text } of tags(readFileSync(join(site, path), "utf8"))) {
      const where = `${path}: <${name} ${JSON.stringify(attributes)}>`;
      looked += 1;
      assert.ok(name !== "style", where);
      assert.ok(name !== "script" || (attributes.src && !text.trim()), where);
      assert.ok(!["iframe", "object", "embed", "base"].includes(name), where);
      for (const attribute of Object.keys(attributes)) assert.doesNotMatch(attribute, /^(on|style$)/, where);
      assert.doesNotMatch(attributes.href ?? attributes.src ?? "", /^\s*(javascript|data|http):/i, where);
    }
  }
  assert.ok(looked > 10_000, `${looked} tags`);
});

test("every page names the policy, before anything that it rules", () => {
  for (const path of pages) {
    const head = readFileSync(join(site, path), "utf8").split("</head>")[0];
    const at = head.indexOf('http-equiv="Content-Security-Policy" content="default-src \'none\';');
    assert.ok(at > 0 && at < head.indexOf("<link") && at < head.indexOf("<script"), path);
  }
});

test("every page keeps to the policy, without a complaint", async () => {
  const page = await open();
  const seen = await watch(page);
  for (const path of pages) {
    seen.asked.length = 0;
    const answer = await page.goto(address(path));
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()["content-security-policy"], /default-src 'none'/);
    assert.deepEqual(seen.complaints, [], path);
    assert.deepEqual(seen.asked.filter((url) => !url.startsWith(address())), [], `${path} asks others`);
    assert.equal(await page.evaluate(() => document.styleSheets.length >= 1 && document.styleSheets[0].cssRules.length > 50), true, path);
  }
  await close(page);
});

// Every control that scripts give life to is used once, with the policy in force.
test("the controls work under the policy", async () => {
  const page = await open();
  const seen = await watch(page);
  await page.goto(address("checklist.html"));
  await page.locator("#appearance").selectOption("dark");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.appearance), "dark");
  await page.locator(".checklist .task input").first().check();
  await page.reload();
  assert.equal(await page.locator(".checklist .task input").first().isChecked(), true);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.appearance), "dark");
  assert.deepEqual(seen.complaints, []);
  await close(page);
});

describe("a file that somebody changed is refused", () => {
  for (const [name, ending, lives] of [
    ["site", "css", () => getComputedStyle(document.querySelector("main")).maxWidth !== "none"],
    ["rest", "css", () => getComputedStyle(document.querySelector(".site-foot ul")).display === "flex"],
    ["site", "js", () => !document.querySelector(".checklist .tools").hidden],
  ]) {
    test(`${name}-*.${ending}`, async () => {
      for (const [change, alive] of [["", true], [" ", false]]) {
        const page = await open();
        let changed = 0;
        await page.route(new RegExp(`/${name}-[0-9a-f]+\\.${ending}$`), async (route) => {
          const response = await route.fetch();
          changed += 1;
          await route.fulfill({ response, body: (await response.text()) + change });
        });
        await page.goto(address("checklist.html"));
        assert.equal(changed, 1);
        assert.equal(await page.evaluate(lives), alive);
        await close(page);
      }
    });
  }
});

test("what is fetched bears the proof of its integrity, but for the first script", () => {
  // Slides are a folder to take along, where browsers refuse integrity; they fetch one style sheet and one script.
  for (const path of pages.filter((path) => !path.startsWith("slides/"))) {
    const fetched = tags(readFileSync(join(site, path), "utf8").replaceAll(/<noscript>.*?<\/noscript>/gs, "")).filter(
      ({ name, attributes }) => (name === "link" && attributes.rel === "stylesheet") || name === "script",
    );
    assert.ok(fetched.length >= 3, path);
    const bare = fetched.filter(({ attributes }) => !/^sha(256|384|512)-/.test(attributes.integrity ?? ""));
    assert.deepEqual(bare.map(({ attributes }) => attributes.src?.replace(/-[0-9a-f]+\.js$/, "").replace(/^[./]*/, "")), ["theme/js/appearance"], path);
  }
});

describe("from a folder, without a server", () => {
  for (const path of ["index.html", "checklist.html", "answers/turn-on-encryption.html"]) {
    for (const javaScriptEnabled of [true, false]) {
      test(`${path}, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
        const page = await open(undefined, { javaScriptEnabled });
        await page.goto(pathToFileURL(join(site, path)).href);
        await page.waitForLoadState("networkidle");
        const main = await page.locator("main").evaluate((main) => getComputedStyle(main).maxWidth);
        assert.notEqual(main, "none", "the styles are there");
        const foot = await page.locator(".site-foot ul").evaluate((list) => getComputedStyle(list).display);
        assert.equal(foot, "flex", "all of them");
        assert.equal(await page.locator("#appearance").isVisible(), javaScriptEnabled);
        if (path === "checklist.html") assert.equal(await page.locator(".checklist .tools").isVisible(), javaScriptEnabled);
        await close(page);
      });
    }
  }
});
