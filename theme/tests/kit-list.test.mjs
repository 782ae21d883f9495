// The list of the kit, against its schema.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { site } from "./browser.mjs";

const read = (path) => JSON.parse(readFileSync(join(site, "kit", path), "utf8"));
const validator = () => new Ajv({ allErrors: true, allowUnionTypes: true, strict: true }).compile(read("kit.schema.json"));

test("the list keeps its schema", () => {
  const validate = validator();
  assert.ok(validate(read("kit.json")), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
});

test("the schema refuses what is not promised", () => {
  const validate = validator();
  const mutants = {
    "another form": (all) => (all.version = 2),
    "no note": (all) => delete all.note,
    "a key of somebody else": (all) => (all.extra = 1),
    "no file": (all) => (all.files = []),
    "a piece without a state": (all) => delete all.pieces[0].state,
    "a piece with a key more": (all) => (all.pieces[0].author = "x"),
    "a file without a digest": (all) => delete all.files[0].sha256,
    "a digest cut short": (all) => (all.files[0].sha256 = all.files[0].sha256.slice(1)),
    "a length in words": (all) => (all.files[0].bytes = "many"),
  };
  for (const [name, mutate] of Object.entries(mutants)) {
    const mutant = read("kit.json");
    mutate(mutant);
    assert.equal(validate(mutant), false, name);
  }
});
