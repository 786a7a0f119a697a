import assert from "node:assert/strict";
import { test } from "node:test";
import { scopes } from "@latchkey/protocol";
import { texts } from "#texts/texts.ts";
import { presetNames, scopePresets } from "./scope-presets.ts";
import { scopesByResource } from "./scopes-by-resource.ts";

test("every scope is under its resource, once and with words for both", () => {
  const groups = scopesByResource(scopes);
  assert.deepEqual(
    groups.flatMap(({ scopes: within }) => within.map(({ scope }) => scope)),
    scopes,
  );
  const resources = new Map(Object.entries(texts.keys.resources));
  const verbs = new Map(Object.entries(texts.keys.verbs));
  for (const { resource, scopes: within } of groups) {
    assert.ok(resources.has(resource), resource);
    for (const { verb } of within) assert.ok(verbs.has(verb), verb);
  }
});

test("every preset is offered", () => {
  assert.deepEqual([...presetNames].toSorted(), Object.keys(scopePresets).toSorted());
});
