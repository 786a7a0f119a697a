import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Seal } from "./seal.ts";
import { signingKey, SigningKeyError } from "./signing-key.ts";

const key = Buffer.alloc(32, 1);

test("[LP-FILE-1] what is sealed opens with its key alone, and only as it was made", () => {
  const seal = new Seal(() => key);
  const sealed = seal.close("ein Text, 🗝");
  assert.equal(seal.open(sealed), "ein Text, 🗝");
  assert.equal(new Seal(() => Buffer.alloc(32, 2)).open(sealed), undefined);
  for (let at = 0; at < sealed.length; at++) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    assert.equal(seal.open(changed), undefined, `changed at ${at}`);
    assert.equal(seal.open(sealed.slice(0, at)), undefined, `cut at ${at}`);
  }
  for (const other of [`${sealed}=`, `${sealed}/`, ` ${sealed}`, `${sealed}A`])
    assert.equal(seal.open(other), undefined);
});

test("[LP-FILE-1] the same text never looks the same, and nothing of it can be seen", () => {
  const seal = new Seal(() => key);
  assert.notEqual(seal.close("text"), seal.close("text"));
  assert.doesNotMatch(Buffer.from(seal.close("secret"), "base64url").toString("latin1"), /secret/);
});

test("on SQLite the key is made once, for its owner alone, and a damaged one is not replaced in silence", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "latchkey-key-"));
  try {
    const config = { signingKey: "", database: { kind: "sqlite", directory: dataDirectory }, dataDirectory } as const;
    const made = signingKey(config, "download links");
    const path = join(dataDirectory, "signing.key");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(signingKey(config, "download links"), made);
    assert.ok(!readFileSync(path).includes(made));
    const given = signingKey({ ...config, signingKey: "another one, from the environment" }, "download links");
    assert.notDeepEqual(given, made);
    writeFileSync(path, "");
    assert.throws(() => signingKey(config, "download links"), SigningKeyError);
  } finally {
    rmSync(dataDirectory, { recursive: true });
  }
});

test("on PostgreSQL the key must be given, the same for every node", () => {
  const database = { kind: "postgres", url: "postgres://x", connections: 1 } as const;
  const config = { signingKey: "", database, dataDirectory: "/nowhere" };
  assert.throws(() => signingKey(config, "download links"), SigningKeyError);
  const given = { ...config, signingKey: "from the environment of every node" };
  assert.deepEqual(signingKey(given, "download links"), signingKey(given, "download links"));
});
