// The built site attacked: every text that an outsider or a careless editor controls carries an attack. The rules
// refuse some; with the others the book is built, and Chromium judges every page beside its harmless twin.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { attacks, escaped, toml, write } from "./hostile-book.mjs";
import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = join(process.env.CARGO_TARGET_DIR ?? join(here, "../../target"), "debug/shelf");
const env = { ...process.env, SHELF_TODAY: "2026-11-22", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };

const books = [];
const servers = [];
// What the rules refuse, as "3/link text".
const refused = new Set();
let tried = 0;
let browser;

// A book in which `text` stands, under version control, since the pages of versions show what a log says.
function book(text, who) {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  books.push(folder);
  write(folder, text);
  const git = (...args) => execFileSync("git", ["-C", folder, ...args], { env: { ...env, GIT_AUTHOR_DATE: "2026-11-22T00:00:00Z", GIT_COMMITTER_DATE: "2026-11-22T00:00:00Z" } });
  git("init", "--quiet");
  git("add", ".");
  git("-c", `user.name=${who}`, "-c", `user.email=${who.replace(/[<>\n]/g, "")}`, "commit", "--quiet", "--no-verify", "-m", who);
  return folder;
}

const hostile = (index, channel) => (refused.has(`${index}/${channel}`) ? `harmless ${channel}` : `${attacks[index]} ${channel}`);
const harmless = (index, channel) => `harmless ${channel}`;

// The errors of the rules.
function errors(folder) {
  const ran = spawnSync(program, ["--book", folder, "check", "--format", "json"], { env, encoding: "utf8", maxBuffer: 1 << 28 });
  const found = JSON.parse(ran.stdout);
  return (found.findings ?? found).filter(({ severity }) => severity === "error");
}

function build(folder) {
  execFileSync(program, ["--book", folder, "build", "--samples", "recorded"], { env, stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "book");
}

const files = (folder, ending) => readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(ending)).sort();

let site;
let twin;

before(async () => {
  const channels = new Set();
  const noting = (index, channel) => (channels.add(`${index}/${channel}`), hostile(index, channel));
  // What is refused stands on the line of a finding; there the harmless words take its place, until nothing is refused.
  for (let round = 0; round < 6; round += 1) {
    const folder = book(noting, "An author");
    const found = errors(folder);
    if (!found.length) break;
    assert.ok(round < 5, `the rules still refuse: ${JSON.stringify(found.slice(0, 5))}`);
    for (const { path, line, rule, problem } of found) {
      const written = readFileSync(join(folder, path), "utf8").split("\n")[line - 1] ?? "";
      const on = [...channels].filter((key) => {
        const [index, channel] = key.split("/");
        const said = `${attacks[index]} ${channel}`;
        return [said, said.replaceAll("`", ""), toml(said).slice(1, -1), escaped(said)].some((form) => written.includes(form));
      });
      assert.ok(on.length, `${path}:${line}: ${rule}: ${problem}: ${written}`);
      for (const key of on) refused.add(key);
    }
  }
  tried = channels.size;
  site = build(book(hostile, attacks.map((attack) => attack.replace(/\n/g, " ")).join(" ")));
  twin = build(book(harmless, "An author"));
  servers.push(await serve(site), await serve(twin));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
  for (const folder of books) rmSync(folder, { recursive: true, force: true });
});

test("most attacks are not refused by the rules, and the others are", (t) => {
  t.diagnostic(`${tried} tried, ${refused.size} refused by the rules: ${[...refused].sort().join(", ")}`);
  assert.ok(tried > 400, `${tried} tried`);
  assert.ok(refused.size > 0 && refused.size < tried / 2, `${refused.size} of ${tried} refused`);
});

// What a page is made of, as the browser sees it. Names that a build makes of the content have no number here.
const made = () => {
  const neutral = (value) => value.replace(/-[0-9a-f]{6,}(?=\.)/g, "-X").replace(/[0-9a-f]{10,}/g, "X");
  const row = (element) =>
    `<${element.localName}${[...element.attributes]
      .map(({ name, value }) => (["href", "src", "action"].includes(name) && !value.startsWith("mailto:") ? ` ${name}=${neutral(value)}` : ` ${name}`))
      .sort()
      .join("")}>`;
  // mdBook makes the id of a title from its words; where it leads is the page itself.
  return [...document.querySelectorAll("*")].map((element) => (element.matches("h1 > a.header, h1") ? `<title ${element.localName}>` : row(element)));
};

test("every page is made of the same parts, and nothing of an attack runs or asks", async () => {
  const pages = files(site, ".html");
  assert.deepEqual(pages, files(twin, ".html"));
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen = [];
  page.on("dialog", (dialog) => (seen.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on("pageerror", (error) => seen.push(String(error)));
  page.on("request", (request) => !request.url().startsWith(servers[0].address) && !request.url().startsWith(servers[1].address) && seen.push(request.url()));
  await page.exposeFunction("noteViolation", (what) => seen.push(what));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => window.noteViolation(`${event.violatedDirective}: ${event.blockedURI}`)));
  const wrong = [];
  for (const path of pages) {
    // Made to be taken along: an e-mail brings its styles, which the policy of the website takes from it.
    const isMail = /\.email\.html$|^kit\//.test(path);
    seen.length = 0;
    const parts = [];
    for (const server of servers) {
      await page.goto(server.address + path);
      const rows = await page.evaluate(made);
      // Lists stand in the order of their words.
      parts.push(/^(answers|lessons|slides|index)/.test(path) ? rows : rows.sort());
      if (await page.evaluate(() => window.owned)) wrong.push(`${path}: a script ran`);
    }
    const differs = parts[0].findIndex((part, index) => part !== parts[1][index]);
    if (differs >= 0 || parts[0].length !== parts[1].length) wrong.push(`${path}: ${parts[0][differs]} is ${parts[1][differs]} in the twin`);
    const links = parts[0].flatMap((part) => [...part.matchAll(/ (?:href|src|action)=([a-z][a-z0-9+.-]*):/gi)].map(([, scheme]) => scheme));
    for (const scheme of links) if (scheme !== "https") wrong.push(`${path}: a link to ${scheme}:`);
    for (const what of seen) if (!(isMail && what.startsWith("style-src"))) wrong.push(`${path}: ${what}`);
  }
  await context.close();
  assert.ok(pages.length > 40, `${pages.length} pages`);
  assert.deepEqual(wrong, []);
});

test("the search finds attacks and shows them as words", async () => {
  const page = await browser.newPage();
  const seen = [];
  page.on("dialog", (dialog) => (seen.push(dialog.message()), dialog.dismiss()));
  await page.goto(`${servers[0].address}answers/piece-0.html`);
  const field = page.locator("input[type=search]").first();
  for (const words of ["script", "evil", attacks[0], attacks[1]]) {
    await field.fill(words);
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.owned), undefined);
    assert.equal(await page.locator("[onerror], [onload], [onfocus], script:not([src])").count(), 0);
  }
  assert.deepEqual(seen, []);
  await page.close();
});

test("files beside the pages are well formed and hold no secret", async () => {
  const page = await browser.newPage();
  const wrong = [];
  let looked = 0;
  for (const path of readdirSync(site, { recursive: true })) {
    if (!/\.(xml|svg|atom|json|txt|html|md)$|_headers$|\.conf$|Caddyfile$|htaccess$/.test(path)) continue;
    looked += 1;
    const text = readFileSync(join(site, path), "utf8");
    if (text.includes("root:x:0:0")) wrong.push(`${path}: holds /etc/passwd`);
    if (/\.json$/.test(path)) JSON.parse(text);
    if (/\.(xml|svg|atom)$/.test(path)) {
      const error = await page.evaluate((text) => new DOMParser().parseFromString(text, "text/xml").querySelector("parsererror")?.textContent, text);
      if (error) wrong.push(`${path}: ${error}`);
    }
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\u2066]/.test(text)) wrong.push(`${path}: a character that acts`);
  }
  await page.close();
  assert.ok(looked > 60, `${looked} files`);
  assert.deepEqual(wrong, []);
});

// What a setting could bring into a file of a server, or into a name.
test("an address or a contact with a line break or a quote is refused", () => {
  const folder = book(harmless, "An author");
  const settings = readFileSync(join(folder, "book.toml"), "utf8");
  for (const [from, to] of [
    ['address = "https://shelf-ready.example/"', 'address = "https://shelf-ready.example/\\nX-Evil: 1"'],
    ['address = "https://shelf-ready.example/"', 'address = "https://shelf-ready.example/\\"><script>"'],
    ['address = "https://shelf-ready.example/"', 'address = "javascript:alert(1)"'],
    ['security-contact = "mailto:security@shelf-ready.example"', 'security-contact = "mailto:a@shelf-ready.example\\nContact: https://evil.example"'],
    ['security-contact = "mailto:security@shelf-ready.example"', 'security-contact = "javascript:alert(1)"'],
  ]) {
    assert.ok(settings.includes(from), from);
    writeFileSync(join(folder, "book.toml"), settings.replace(from, to));
    const ran = spawnSync(program, ["--book", folder, "check"], { env, encoding: "utf8" });
    assert.notEqual(ran.status, 0, to);
  }
  for (const redirect of ['"a\\nb.html" = "answers/piece-0.html"', '"a.html" = "answers/piece-0.html\\nX-Evil: 1"', '"a.html" = "javascript:alert(1)"', '"a.html" = "\\"><script>window.owned=1</script>"', '"../../a.html" = "answers/piece-0.html"', '"a;b{}.html" = "answers/piece-0.html"', '"a.html" = "//evil.example/"']) {
    writeFileSync(join(folder, "book.toml"), `${settings}\n[output.html.redirect]\n${redirect}\n`);
    const ran = spawnSync(program, ["--book", folder, "check"], { env, encoding: "utf8" });
    assert.notEqual(ran.status, 0, redirect);
  }
});

test("file names that are no words are refused", () => {
  for (const name of [`a"onload=x.md`, "a<b>.md", "a b.md", "a\u202eb.md", "a{{x}}.md", "a&b.md", "a#b.md", "a%2e%2e.md", "a\nb.md", "-rf.md"]) {
    const folder = book(harmless, "An author");
    const text = readFileSync(join(folder, "src/answers/piece-0.md"), "utf8");
    writeFileSync(join(folder, "src/answers", name), text.replace("harmless question", "Another question?"));
    writeFileSync(join(folder, "src/SUMMARY.md"), `${readFileSync(join(folder, "src/SUMMARY.md"), "utf8")}- [Odd](<answers/${name.replace("\n", "%0A")}>)\n`);
    const ran = spawnSync(program, ["--book", folder, "check"], { env, encoding: "utf8" });
    assert.notEqual(ran.status, 0, name);
  }
});
