import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { readConfig } from "#config.ts";
import { type PasswordConfig, Passwords } from "./passwords.ts";

const config: PasswordConfig = { memoryKiB: 19_456, passes: 2, lanes: 1, concurrency: 1, waiting: 100 };
const application = "one application";

test("[US-SEC-1] by default a hash is argon2id with 19 MiB, 2 passes, 1 lane, 16 bytes of salt and 32 of hash", async () => {
  const read = readConfig({});
  assert.ok("config" in read);
  const encoded = await new Passwords(read.config.passwords).hash("secret", application);
  const [, variant, version, cost, salt = "", hash = ""] = encoded?.split("$") ?? [];
  assert.deepEqual([variant, version, cost], ["argon2id", "v=19", "m=19456,t=2,p=1"]);
  const nonce = Buffer.from(salt, "base64");
  assert.deepEqual([nonce.length, Buffer.from(hash, "base64").length], [16, 32]);
  // The string says all that is needed to compute it again.
  const parameters = { message: "secret", nonce, parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
  assert.equal(argon2Sync("argon2id", parameters).toString("base64").replace(/=+$/, ""), hash);
});

test("[US-SEC-1] each hash has a salt of its own", async () => {
  const passwords = new Passwords(config);
  const [one, other] = [await passwords.hash("secret", application), await passwords.hash("secret", application)];
  assert.notEqual(one, other);
  for (const encoded of [one, other]) {
    assert.deepEqual(await passwords.verify("secret", encoded, application), { matches: true, outdated: false });
    assert.deepEqual(await passwords.verify("Secret", encoded, application), { matches: false, outdated: false });
  }
});

test("[US-SEC-1] a hash is outdated when any parameter was raised since, and not when one was lowered", async () => {
  const encoded = await new Passwords({ ...config, passes: 3, lanes: 2 }).hash("secret", application);
  const cases: [Partial<PasswordConfig>, boolean][] = [
    [{ passes: 3, lanes: 2 }, false],
    [{ passes: 2, lanes: 2 }, false],
    [{ passes: 3, lanes: 1 }, false],
    [{ passes: 4, lanes: 2 }, true],
    [{ passes: 3, lanes: 3 }, true],
    [{ passes: 3, lanes: 2, memoryKiB: 20_000 }, true],
  ];
  for (const [changes, outdated] of cases) {
    const answer = await new Passwords({ ...config, ...changes }).verify("secret", encoded, application);
    assert.deepEqual(answer, { matches: true, outdated }, JSON.stringify(changes));
  }
});

test("[US-SEC-2] where there is no hash to verify against, nothing ever matches", async () => {
  const passwords = new Passwords(config);
  for (const encoded of [undefined, null, ""]) {
    for (const password of ["", "secret", "null"]) {
      assert.deepEqual(await passwords.verify(password, encoded, application), { matches: false, outdated: false });
    }
  }
});

test("a stored hash of an unknown form is an error and not a mismatch", async () => {
  const passwords = new Passwords(config);
  for (const encoded of ["secret", "$2b$10$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA"]) {
    await assert.rejects(passwords.verify("secret", encoded, application), /unknown form/);
  }
});

test("[US-SEC-3] beyond what may wait there is neither a hash nor a verification", async () => {
  const passwords = new Passwords({ ...config, waiting: 1 });
  const results = await Promise.all([
    passwords.hash("a", application),
    passwords.verify("a", null, application),
    passwords.hash("a", application),
    passwords.verify("a", null, application),
  ]);
  assert.match(results[0] ?? "", /^\$argon2id/);
  assert.deepEqual(results.slice(1), [{ matches: false, outdated: false }, undefined, undefined]);
});

test("[US-SEC-3] by default there is one computation per CPU core, and 100 may wait", () => {
  const read = readConfig({});
  assert.ok("config" in read);
  const { concurrency, waiting } = read.config.passwords;
  assert.deepEqual([concurrency, waiting], [availableParallelism(), 100]);
});
