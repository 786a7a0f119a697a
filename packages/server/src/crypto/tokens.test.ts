import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { newLicenseKey, newObjectId, newResumeId, newRowId, newToken, newWebsocketApiKey, sha256 } from "./tokens.ts";

const many = 2_000;

test("[US-SESS-1] [US-SEC-4] a token has 128 bits, all of them random", () => {
  const tokens = Array.from({ length: many }, newToken);
  for (const token of tokens) assert.match(token, /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/);
  const numbers = tokens.map((token) => BigInt(`0x${token.replaceAll("-", "")}`));
  for (let bit = 0n; bit < 128n; bit++) {
    const ones = numbers.filter((number) => ((number >> bit) & 1n) === 1n).length;
    // 10 standard deviations: never by chance, always when a bit is fixed.
    assert.ok(Math.abs(ones - many / 2) < 5 * Math.sqrt(many), `bit ${bit} is set in ${ones} of ${many}`);
  }
  assert.equal(new Set(tokens).size, many);
});

test("[US-DATA-3] object ids are random UUIDs in upper case", () => {
  const ids = Array.from({ length: many }, () => newObjectId<string>());
  for (const id of ids) assert.match(id, /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  assert.equal(new Set(ids).size, many);
});

test("row ids are UUIDs in the order of their making", () => {
  const ids = Array.from({ length: many }, () => newRowId<string>());
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, many);
  const instants = ids.map((id) => id.slice(0, 13));
  assert.deepEqual(instants, instants.toSorted());
});

test("[LP-CONN-2] a resume id is 32 bytes in base64url", () => {
  const ids = Array.from({ length: many }, newResumeId);
  for (const id of ids) {
    assert.match(id, /^[A-Za-z0-9_-]{43}$/);
    assert.equal(Buffer.from(id, "base64url").length, 32);
  }
  assert.equal(new Set(ids).size, many);
});

test("keys of applications and licenses have the form that people type", () => {
  for (let index = 0; index < many; index++) {
    assert.match(newWebsocketApiKey(), /^BA[0-9A-Z]{19}$/);
    assert.match(newLicenseKey(), /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
  }
});

test("[US-SESS-2] secrets are looked up by their SHA-256 in hex", () => {
  for (const text of ["", "abc", "ü🐈", newToken()]) {
    assert.equal(sha256(text), createHash("sha256").update(text, "utf8").digest("hex"));
  }
});
