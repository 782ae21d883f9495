// What the editor of another website takes over: the data against its schema, and the pieces to paste.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { site, visit } from "./browser.mjs";

const { address, open, close } = visit();
const read = (path) => readFileSync(join(site, path), "utf8");
const feed = () => JSON.parse(read("feed/faq.json"));

function validator() {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true });
  formats(ajv);
  return ajv.compile(JSON.parse(read("feed/faq.schema.json")));
}

test("the feed keeps its schema", () => {
  const validate = validator();
  assert.ok(validate(feed()), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  assert.ok(feed().items.length >= 30);
});

test("the schema refuses what is not promised", () => {
  const validate = validator();
  const mutants = {
    "another form": (all) => (all.version = 2),
    "no note": (all) => delete all.note,
    "a key of somebody else": (all) => (all.extra = 1),
    "no piece": (all) => (all.items = []),
    "an address without https": (all) => (all.address = "http://a.org/"),
    "a commit cut short": (all) => (all.commit = "0a1b2c3d4e"),
    "a day that is none": (all) => (all.day = "2026-02-30"),
    "a piece without a state": (all) => delete all.items[0].state,
    "a state without words": (all) => delete all.items[0].state.words,
    "a state that nobody knows": (all) => (all.items[0].state.status = "final"),
    "a digest in capitals": (all) => (all.items[0].digest = all.items[0].digest.toUpperCase()),
    "a digest without its kind": (all) => (all.items[0].digest = all.items[0].digest.slice(7)),
    "a piece with a key more": (all) => (all.items[0].author = "x"),
    "a body with a script": (all) => (all.items[0].body.html += "<script src=x></script>"),
    "a body with a style": (all) => (all.items[0].body.html += '<p style="color:red">x</p>'),
    "a body with a heading of the question's level": (all) => (all.items[0].body.html += "<h2>x</h2>"),
    "an empty question": (all) => (all.items[0].question = " "),
    "four messages": (all) => (all.items[0].messages = ["a", "b", "c", "d"]),
    "a source without its number": (all) => delete all.items.find((item) => item.sources.length).sources[0].number,
    "a number in words": (all) => (all.items.find((item) => item.sources.length).sources[0].number = "1"),
    "a moment in place of a day": (all) => (all.items[0].checked += "T00:00:00Z"),
  };
  for (const [name, mutate] of Object.entries(mutants)) {
    const mutant = feed();
    mutate(mutant);
    assert.equal(validate(mutant), false, name);
  }
});

test("each piece of the feed has a file to paste, and each file a piece", () => {
  const ids = feed().items.map((item) => item.id);
  assert.deepEqual(ids, ids.toSorted());
  const files = readdirSync(join(site, "feed/fragments")).toSorted();
  assert.deepEqual(files, ids.map((id) => `${id}.html`).toSorted());
  for (const item of feed().items) {
    assert.ok(item.fragment.endsWith(`/feed/fragments/${item.id}.html`), item.fragment);
    assert.ok(read(`feed/fragments/${item.id}.html`).includes("Draft") === (item.state.status === "draft"), item.id);
  }
});

test("all pieces fit on one page: no id twice, no link into nothing, no level left out", async () => {
  const page = await open();
  const pieces = feed().items.map((item) => read(`feed/fragments/${item.id}.html`));
  await page.setContent(`<!DOCTYPE html><html lang="en"><title>x</title><h1>x</h1>${pieces.join("")}`);
  const found = await page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const ids = all("[id]").map((element) => element.id);
    const levels = all("h1,h2,h3,h4,h5,h6").map((heading) => +heading.localName[1]);
    return {
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
      foreign: all("article [id]").filter((element) => !element.id.startsWith(`${element.closest("article").id}-`)).map((element) => element.id),
      nowhere: all("a").map((a) => a.getAttribute("href")).filter((to) => (to.startsWith("#") ? !ids.includes(to.slice(1)) : !/^(https:\/\/|mailto:)/.test(to))),
      skipped: levels.filter((level, index) => index > 0 && level > levels[index - 1] + 1),
      forbidden: all("script, style, link, img, svg, iframe, object, form, input, [style], body h1 ~ * h1").map((element) => element.outerHTML),
      articles: all("body > article > h2:first-child").length,
    };
  });
  assert.deepEqual(found, { twice: [], foreign: [], nowhere: [], skipped: [], forbidden: [], articles: pieces.length });
  await close(page);
});

test("the example stands under its own strict policy, and everybody can read it", async () => {
  const page = await open();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address("feed/example.html"));
  assert.deepEqual(said, []);
  assert.deepEqual(asked, ["/feed/example.html", "/feed/example.css"]);
  assert.equal(await page.locator("main article").count(), 2);
  assert.equal(await page.locator("#every-question li").count(), feed().items.length);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}`);
  }
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8"));
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  assert.ok(passes.length >= 15, `axe looked at ${passes.length} rules only`);
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await close(page);
});
