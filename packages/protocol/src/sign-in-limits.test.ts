import assert from "node:assert/strict";
import { test } from "node:test";
import { identityKey, isEmail, refusedClientId, refusedCredentials, refusedLicense } from "./sign-in-limits.ts";

const good = { login: "alice", password: "secret" };

test("[LP-ACC-1] lengths are counted in code points", () => {
  assert.equal(refusedCredentials({ ...good, login: "🗝🗝🗝" }), "loginTooShort");
  assert.equal(refusedCredentials({ ...good, login: "🗝🗝🗝🗝" }), undefined);
  assert.equal(refusedCredentials({ ...good, password: "🗝".repeat(64) }), undefined);
  assert.equal(refusedCredentials({ ...good, password: "🗝".repeat(65) }), "passwordTooLong");
  assert.equal(refusedLicense("🗝🗝🗝🗝🗝"), "licenseTooShort");
  assert.equal(refusedClientId("🗝🗝🗝🗝"), undefined);
});

test("[LP-ACC-9] forms are judged in the order of the contract", () => {
  const inOrder = [
    [{ login: "abc" }, "loginTooShort"],
    [{ password: "abc" }, "passwordTooShort"],
    [{ license: "short" }, "licenseTooShort"],
    [{ credentialsType: 2 }, "credentialsTypeInvalid"],
  ] as const;
  inOrder.forEach(([, refusal], first) => {
    const worse = inOrder.slice(first).map(([fault]) => fault);
    assert.equal(refusedCredentials(Object.assign({ ...good }, ...worse)), refusal);
  });
  assert.equal(refusedCredentials({ ...good, credentialsType: 1 }), "emailInvalid");
});

test("[LP-ACC-6] an empty license is none", () => {
  assert.equal(refusedCredentials({ ...good, license: "" }), undefined);
});

test("[US-REG-4] an application may ask for longer passwords, never for shorter ones", () => {
  assert.equal(refusedCredentials({ ...good, password: "secret" }, 10), "passwordTooShort");
  assert.equal(refusedCredentials({ ...good, password: "abc" }, 1), "passwordTooShort");
});

test("[LP-ACC-10] spellings of one identity have one key", () => {
  for (const spelling of ["Zoë@Example.com", " zoë@example.com ", "ZOE\u0308@EXAMPLE.COM"]) {
    assert.equal(identityKey(spelling), "zoë@example.com");
  }
});

test("[LP-ACC-2] an e-mail address is one at every door", () => {
  for (const address of ["a@b.example", " ann+tag@mail.example "]) assert.ok(isEmail(address), address);
  for (const other of ["ann", "ann@", "@mail.example", "a b@c.example", "ann@mail"]) assert.ok(!isEmail(other), other);
});
