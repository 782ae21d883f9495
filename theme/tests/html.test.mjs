// Every page as the Nu Html Checker sees it, the validator of the W3C.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { everyPage, site } from "./browser.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

const known = [
  // WebKit takes a list without markers for no list, unless its role is written out.
  /^The “list” role is unnecessary for element “[uo]l”\.$/,
  // The checker reads files, and knows no 'self' there. policy.test.mjs watches the policy in a browser.
  /^Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “[^”:]+” blocked/,
];

async function check(files) {
  // It exits with 1 when it finds something.
  const { stderr } = await promisify(execFile)("java", ["-jar", jar, "--format", "json", ...files], { maxBuffer: 1 << 26 }).catch(
    (error) => error,
  );
  const { messages } = JSON.parse(stderr);
  return messages
    .filter(({ message }) => !known.some((pattern) => pattern.test(message)))
    .map(({ url, lastLine, message, extract }) => `${url.split("/").slice(-2).join("/")}:${lastLine}: ${message} ${extract?.trim() ?? ""}`);
}

test("no page has an error or a warning", async () => {
  const pages = [...everyPage(), "feed/example.html"];
  assert.deepEqual(await check(pages.map((path) => join(site, path))), []);
});

test("no piece to paste has an error or a warning, in a page of somebody else", async () => {
  const fragments = join(site, "feed/fragments");
  const names = readdirSync(fragments);
  assert.ok(names.length >= 30);
  const folder = mkdtempSync(join(tmpdir(), "html-"));
  try {
    const files = names.map((name) => {
      const file = join(folder, name);
      const piece = readFileSync(join(fragments, name), "utf8");
      writeFileSync(file, `<!DOCTYPE html><html lang="en"><title>A page</title><main><h1>A page</h1>\n${piece}</main></html>`);
      return file;
    });
    assert.deepEqual(await check(files), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the checker finds what is wrong", async () => {
  const folder = mkdtempSync(join(tmpdir(), "html-"));
  try {
    const file = join(folder, "wrong.html");
    writeFileSync(file, '<!DOCTYPE html><html lang="en"><title>x</title><p id="a">A<p id="a"><b>B<p>C</b>');
    assert.ok((await check([file])).length >= 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
