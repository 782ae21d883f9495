// What the program and the website are made of, against the schema of CycloneDX. `cargo shelf sbom` writes it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import formats from "ajv-formats";

const here = dirname(fileURLToPath(import.meta.url));
const site = join(here, "../../book");
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const list = (name) => read(join(site, "sbom", `${name}.cdx.json`));

// The schemas of the standard, as its own library brings them.
function validator() {
  const library = createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json");
  const schema = (name) => read(join(dirname(library), "res/schema", `${name}.SNAPSHOT.schema.json`));
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
  formats(ajv);
  // Two forms that ajv does not know. We write no such address.
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema("bom-1.6"));
}

test("both lists keep the schema of CycloneDX 1.6", () => {
  const validate = validator();
  for (const name of ["program", "website"]) {
    assert.ok(validate(list(name)), `${name}: ${JSON.stringify(validate.errors?.slice(0, 5), null, 1)}`);
  }
});

test("the schema refuses what is no list", () => {
  const validate = validator();
  const mutants = {
    "another format": (all) => (all.bomFormat = "SPDX"),
    "a key of somebody else": (all) => (all.author = "x"),
    "a number that is none": (all) => (all.serialNumber = "urn:uuid:1"),
    "a moment that is none": (all) => (all.metadata.timestamp = "yesterday"),
    "a component without a name": (all) => delete all.components[0].name,
    "a component of no kind": (all) => (all.components[0].type = "crate"),
    "a digest cut short": (all) => (all.components.find((one) => one.hashes).hashes[0].content = "0a"),
    "a component twice": (all) => all.components.push(all.components[0]),
  };
  for (const [name, mutate] of Object.entries(mutants)) {
    const mutant = list("program");
    mutate(mutant);
    assert.equal(validate(mutant), false, name);
  }
});

test("every reference of a list leads to something on it", () => {
  for (const name of ["program", "website"]) {
    const all = list(name);
    const known = new Set([all.metadata.component, ...all.components].map((one) => one["bom-ref"]));
    for (const { ref, dependsOn } of all.dependencies) {
      for (const one of [ref, ...dependsOn]) assert.ok(known.has(one), `${name}: ${one}`);
    }
  }
});

test("every script, style and font of the website stands on its list with its digest", () => {
  const listed = new Map();
  for (const part of list("website").components.filter((one) => one.scope !== "excluded")) {
    for (const file of part.components ?? []) listed.set(file.name, file.hashes[0].content);
  }
  const shipped = readdirSync(site, { recursive: true }).filter((path) => /\.(js|css|woff2?|ttf|otf)$/.test(path));
  assert.ok(shipped.length > 0);
  for (const path of shipped) {
    const digest = createHash("sha256").update(readFileSync(join(site, path))).digest("hex");
    assert.equal(listed.get(path), digest, path);
  }
});

test("what others made has the versions that the tests pin, and every font is theirs", () => {
  const pinned = read(join(here, "package.json"));
  const parts = list("website").components;
  const minisearch = parts.find((part) => part.name === "minisearch");
  assert.equal(minisearch.version, pinned.dependencies.minisearch);
  const fonts = parts.find((part) => part.name === "Open Sans").components.map((file) => file.name);
  const shipped = readdirSync(site, { recursive: true }).filter((path) => /\.(woff2?|ttf|otf)$/.test(path));
  assert.deepEqual(fonts.sort(), shipped.sort());
});
