// The search: what readers type, and what they must find; on a web server and from a folder; with the
// keyboard alone; under the policy of the pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, site } from "./browser.mjs";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// What readers type, and the page that must be among the first three.
const QUERIES = [
  // Administrators.
  ["pacs exposed internet", "answers/am-i-exposed.html"],
  ["is my pacs on shodan", "answers/shodan.html"],
  ["how do i turn on encryption", "answers/turn-on-encryption.html"],
  ["install certificates on modality", "answers/certificates.html"],
  ["ae title password", "answers/ae-titles.html"],
  ["firewall rules", "answers/have-you-looked.html"],
  ["nmap scan ct scanner safe", "answers/safe-to-scan.html"],
  ["audit log", "answers/audit-trail.html"],
  ["honeypot", "answers/decoys.html"],
  ["checklist", "checklist.html"],
  ["patient name in url", "answers/web-addresses.html"],
  ["dicomweb", "papers/dicomweb.html"],
  ["start tls", "answers/starttls.html"],
  ["tls gateway", "answers/turn-on-encryption.html"],
  ["hacked", "answers/after-exposure.html"],
  ["mri", "answers/safe-to-scan.html"],
  ["wireshark", "answers/turn-on-encryption.html"],
  // Buyers and regulators.
  ["rfp questions", "answers/rfp.html"],
  ["why is tls not mandatory", "answers/why-no-mandate.html"],
  ["who is responsible for security", "answers/whose-job.html"],
  ["bank", "answers/unlike-a-bank.html"],
  ["security profiles ps3.15", "answers/security-options.html"],
  ["patient safety", "papers/device-safety.html"],
  // The press.
  ["ransomware hospital", "incidents/ransomware.html"],
  ["deepfake cancer scan", "incidents/forged-scans.html"],
  ["virus in a dicom file", "answers/preamble.html"],
  ["how many servers are exposed", "asked.html#how-many"],
  ["did dicom leak", "asked.html#leak"],
  ["orthanc flaw", "asked.html#orthanc"],
  ["cve-2019-11687", "incidents/preamble-malware.html"],
  ["1.19 billion images", "asked.html#billion"],
  ["fined gdpr", "answers/after-exposure.html"],
  ["hospital hacked", "incidents/ransomware.html"],
  ["hipaa", "answers/why-no-mandate.html"],
  ["patient data leak", "incidents/exposed-archives.html"],
  // Terms, and what hangs together or does not.
  ["vlan", "glossary.html#term-vlan"],
  ["de-identify", "glossary.html#term-de-identification"],
  ["deidentification", "glossary.html#term-de-identification"],
  ["c-echo", "glossary.html#term-c-echo"],
  // Slips of the finger, and half a word.
  ["encription", "answers/turn-on-encryption.html"],
  ["ransomwear", "incidents/ransomware.html"],
  ["certificat", "answers/certificates.html"],
  ["expossed pacs", "answers/am-i-exposed.html"],
  ["dicom tsl", "answers/turn-on-encryption.html"],
  ["shodna", "answers/shodan.html"],
  ["fierwall", "answers/have-you-looked.html"],
  ["pasword ae title", "answers/ae-titles.html"],
  ["maleware", "answers/preamble.html"],
  ["preambel", "answers/preamble.html"],
  ["regulater mandate", "answers/why-no-mandate.html"],
  ["aduit trail", "answers/audit-trail.html"],
  ["encry", "answers/turn-on-encryption.html"],
];

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

let browser;
let server;
let base;

before(async () => {
  server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)).replace(/\/$/, "/index.html");
    try {
      const content = readFileSync(join(site, path));
      response.writeHead(200, { "content-type": `${TYPES[extname(path)] ?? "text/plain"}; charset=utf-8`, "content-security-policy": POLICY });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${server.address().port}/`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

// Opens a page, hands it over, and holds that it asked nobody else and broke no policy.
async function visit(address, options, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // In a folder, the first script mends what no browser can prove there (see theme/js/appearance.js).
    const isMended = address.startsWith("file:") && /integrity|CORS/i.test(message.text());
    if (message.type() === "error" && !isMended) complaints.push(message.text());
  });
  try {
    await page.goto(address);
    await page.locator(".search:not([hidden])").waitFor();
    await look(page, asked);
    assert.deepEqual(complaints, []);
    const elsewhere = asked.filter((url) => !url.startsWith(base) && !url.startsWith("file:"));
    assert.deepEqual(elsewhere, [], "asks somebody else");
  } finally {
    await context.close();
  }
}

// The addresses found for what is typed, from the root of the site.
async function find(page, typed) {
  await page.fill("#search-words", typed);
  await page.locator(".search-results:not([hidden])").waitFor();
  return page.$$eval(".search-results > ul > li > a", (links) => links.map((link) => link.getAttribute("href").replace(/^(\.\.\/)+/, "")));
}

// A page is found as such or at one of its sections; what stands on a page is found there and nowhere else.
const fits = (found, wanted) => found === wanted || (!wanted.includes("#") && found.startsWith(`${wanted}#`));

const places = {
  "a web server": (path) => base + path,
  "a folder": (path) => pathToFileURL(join(site, path)).href,
};

for (const [place, address] of Object.entries(places)) {
  test(`from ${place}, readers find what they look for`, async () => {
    await visit(address("answers/am-i-exposed.html"), {}, async (page) => {
      const lost = [];
      for (const [typed, wanted] of QUERIES) {
        const found = await find(page, typed);
        assert.ok(found.length <= 8);
        if (!found.slice(0, 3).some((one) => fits(one, wanted))) lost.push(`${typed}: ${wanted}, not ${found.join(" ")}`);
      }
      assert.deepEqual(lost, []);
    });
  });

  test(`from ${place}, what is found is there`, async () => {
    await visit(address("answers/am-i-exposed.html"), {}, async (page) => {
      await find(page, "how many servers are exposed");
      await page.locator('.search-results a[href$="asked.html#how-many"]').click();
      await page.waitForURL(/asked\.html#how-many$/);
      assert.equal(await page.locator("#how-many").count(), 1);
    });
  });
}

test("every address that can be found is there", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    await page.focus("#search-words");
    await page.waitForFunction(() => window.shelfPages);
    const entries = await page.evaluate(() => window.shelfPages);
    assert.ok(entries.length > 100);
    const lost = entries.flatMap(({ address, headings = [] }) => {
      const [path, ...ids] = [...address.split("#"), ...headings.map(([id]) => id)];
      const text = readFileSync(join(site, path), "utf8");
      return ids.filter((id) => !text.includes(` id="${id}"`)).map((id) => `${path}#${id}`);
    });
    assert.deepEqual(lost, []);
  });
});

test("the answer is shown with the words that were looked for", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    await find(page, "turn on encryption");
    const first = page.locator(".search-results > ul > li").first();
    assert.match(await first.locator("a").textContent(), /turn on encryption/);
    assert.match(await first.locator(".search-where").textContent(), /^Answer · /);
    assert.ok((await first.locator(".search-says").textContent()).length > 20);
    const marked = await first.locator("a mark").allTextContents();
    assert.deepEqual(marked.map((word) => word.toLowerCase()), ["turn", "encryption"]);
  });
});

test("nothing is loaded before a reader goes to the field", async () => {
  await visit(`${base}index.html`, {}, async (page, asked) => {
    const isOfSearch = (url) => /search\/engine-|search\/pages-/.test(url);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked.filter(isOfSearch), []);
    await page.focus("#search-words");
    await page.waitForFunction(() => window.MiniSearch && window.shelfPages);
    assert.equal(asked.filter(isOfSearch).length, 2);
    await find(page, "pacs");
    assert.equal(asked.filter(isOfSearch).length, 2);
  });
});

describe("with the keyboard alone", () => {
  const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);

  test("the search is reached, walked and left", async () => {
    await visit(`${base}index.html`, {}, async (page) => {
      await page.keyboard.press("Tab");
      const before = await focused(page);
      for (const keys of ["/", "Control+k"]) {
        await page.keyboard.press(keys);
        assert.equal(await focused(page), "search-words");
        await page.keyboard.type("tls/ssl");
        await page.locator(".search-results > ul").waitFor();
        assert.equal(await page.inputValue("#search-words"), "tls/ssl");
        await page.fill("#search-words", "encryption");
        const titles = await page.locator(".search-results > ul > li > a").allTextContents();
        for (const [key, wanted] of [
          ["ArrowDown", titles[0]],
          ["ArrowDown", titles[1]],
          ["ArrowUp", titles[0]],
          ["ArrowUp", "search-words"],
          ["Enter", titles[0]],
          ["Escape", "search-words"],
        ]) {
          await page.keyboard.press(key);
          assert.equal(await focused(page), wanted, key);
        }
        assert.equal(await page.locator(".search-results").isHidden(), true);
        await page.keyboard.press("Escape");
        assert.equal(await focused(page), before);
      }
    });
  });

  test("a result is opened", async () => {
    await visit(`${base}papers/dicomweb.html`, {}, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("ae titles");
      await page.locator(".search-results > ul").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/answers\/ae-titles\.html/);
    });
  });

  test("Tab leaves the results behind, and they close", async () => {
    await visit(`${base}index.html`, {}, async (page) => {
      await page.focus("#search-words");
      const found = await find(page, "pacs");
      for (let presses = 0; presses < found.length + 1; presses += 1) await page.keyboard.press("Tab");
      assert.equal(await page.locator(".search-results").isVisible(), true, "its last part is the choice of the key");
      await page.keyboard.press("Tab");
      assert.equal(await page.locator(".search-results").isHidden(), true);
    });
  });

  test("the key can be turned off, and is not taken from other fields", async () => {
    await visit(`${base}checklist.html`, {}, async (page) => {
      const note = page.locator(".checklist textarea").first();
      await note.focus();
      await page.keyboard.type("a/b");
      assert.equal(await note.inputValue(), "a/b");
      await find(page, "pacs");
      await page.locator(".search-key input").uncheck();
      await page.reload();
      await page.keyboard.press("/");
      assert.notEqual(await focused(page), "search-words");
      await page.keyboard.press("Control+k");
      assert.equal(await focused(page), "search-words");
    });
  });
});

test("a name that no page has finds nothing, and no word that looks a little like it", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    for (const name of ["siemens", "nis2", "kriptering", "medigate"]) {
      await page.fill("#search-words", "");
      assert.deepEqual(await find(page, name), [], name);
      assert.equal(await page.locator(".search-none").count(), 1, name);
    }
  });
});

test("how many were found is said once typing stops", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    const status = page.locator(".search [role=status]");
    await find(page, "encryption");
    assert.equal(await status.textContent(), "");
    await page.waitForFunction(() => /^The best 8 of \d+ results\./.test(document.querySelector(".search [role=status]").textContent));
    await find(page, "xyzzyxyzzy");
    await page.waitForFunction(() => document.querySelector(".search [role=status]").textContent === "Nothing found.");
    const help = await page.$$eval(".search-none a", (links) => links.map((link) => link.getAttribute("href")));
    assert.deepEqual(help, ["./questions.html", "./asked.html", "./glossary.html"]);
  });
});

test("what is typed is text and nothing else", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    await find(page, "<img src=x onerror=alert(1)> qqqqqq");
    assert.equal(await page.locator(".search-results img").count(), 0);
    for (const odd of ["((((", "\\", "🦀", "' OR 1=1 --", "{{#include}}", "…", "__proto__", "constructor"]) await page.fill("#search-words", odd);
  });
});

test("a click elsewhere closes the results", async () => {
  await visit(`${base}index.html`, {}, async (page) => {
    await find(page, "pacs");
    await page.mouse.click(5, 700);
    assert.equal(await page.locator(".search-results").isHidden(), true);
  });
});

test("an address can bring its words along", async () => {
  await visit(`${base}questions.html?search=expossed%20pacs`, {}, async (page) => {
    await page.locator(".search-results > ul").waitFor();
    assert.equal(await page.inputValue("#search-words"), "expossed pacs");
  });
});

test("a search that cannot be loaded says so and helps on", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(/search\/pages-/, (route) => route.abort());
  await page.goto(`${base}index.html`);
  await page.fill("#search-words", "pacs");
  await page.locator(".search-none").waitFor();
  assert.match(await page.locator(".search-none p").textContent(), /could not be loaded/);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 390, 1280]) {
    test(`open results are accessible, ${colorScheme}, ${width} px wide`, async () => {
      await visit(`${base}answers/am-i-exposed.html`, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true }, async (page) => {
        await page.evaluate(axe);
        for (const typed of ["pacs exposed", "xyzzyxyzzy"]) {
          if (typed === "pacs exposed") await find(page, typed);
          else {
            await page.fill("#search-words", typed);
            await page.locator(".search-none").waitFor();
          }
          const { violations } = await page.evaluate(() => window.axe.run(".site-head"));
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`), []);
          const seen = await page.evaluate(() => {
            const { left, right, width, top } = document.querySelector(".search-results").getBoundingClientRect();
            const root = document.documentElement;
            const { bottom } = document.querySelector("#search-words").getBoundingClientRect();
            return { left, right, width, isBelow: top >= bottom && top < bottom + 12, page: root.clientWidth, scrolls: root.scrollWidth > root.clientWidth };
          });
          assert.equal(seen.scrolls, false, "the page scrolls sideways");
          assert.ok(seen.isBelow, "the results hide the field");
          assert.ok(seen.left >= 0 && seen.right <= seen.page, JSON.stringify(seen));
          if (width < 600) assert.equal(seen.width, seen.page);
        }
      });
    });
  }
}

test("the engine is the package's, byte by byte", () => {
  const folder = join(site, "../theme/search");
  const bundle = join(require.resolve("minisearch"), "../../umd/index.js");
  assert.ok(readFileSync(bundle).equals(readFileSync(join(folder, "minisearch.js"))));
  assert.ok(readFileSync(join(bundle, "../../../LICENSE.txt")).equals(readFileSync(join(folder, "LICENSE"))));
});
