import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import { after, before, test } from "node:test";
import type { InputOf, OutputOf } from "@latchkey/protocol";
import {
  ask,
  changeSettings,
  knownPassword,
  must,
  newApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

type Result = OutputOf<"importAccounts">["results"][number];

const knownHash = "$argon2id$v=19$m=19456,t=2,p=1$d4eeWU0SejhNO3zHRVKEqw$pv86dvfF1b81Stk5ZscRxT69pXn6znyAlwjxNdc12zc";

const firebase = {
  signerKey: "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
  saltSeparator: "Bw==",
  rounds: 8,
  memCost: 14,
};

/** What an account brings along, and the password that it belongs to. */
const schemes: Readonly<Record<string, readonly [password: string, row: Readonly<Record<string, string>>]>> = {
  plain: ["wonderland", { password: "wonderland" }],
  bcrypt: ["U*U*U", { passwordHash: "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a" }],
  pbkdf2: [
    "password",
    { passwordHash: "$pbkdf2-sha256$6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44" },
  ],
  django: ["lètmein", { passwordHash: "pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=" }],
  scrypt: [
    "pleaseletmein",
    {
      passwordHash:
        "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw",
    },
  ],
  argon2i: [
    "password",
    { passwordHash: "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA" },
  ],
  argon2id: [
    "password",
    { passwordHash: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc" },
  ],
  firebase: [
    "user1password",
    {
      passwordHash: "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
      passwordSalt: "42xEC+ixf3L2lw==",
    },
  ],
};

const wide = { signInsPerIdentity: "100000", signInsPerAddress: "100000" };

async function take(
  { console }: TestServer,
  { id: applicationId }: Product,
  rows: readonly unknown[],
  more: Partial<InputOf<"importAccounts">> = {},
): Promise<Result[]> {
  return (await must(console, "importAccounts", { applicationId, rows: [...rows], ...more })).results;
}

async function storedHash({ db }: TestServer, email: string) {
  const columns = ["passwordHash", "foreignKind"] as const;
  return db.selectFrom("account").select(columns).where("email", "=", email).executeTakeFirstOrThrow();
}

async function codeOfLogin(rest: RestPeer, login: string, password: string): Promise<unknown> {
  const { status, fields } = await rest.post("/users/login", { login, password });
  return status === 200 ? "ok" : fields["code"];
}

const imported = { outcome: "imported" } as const;
const present = { outcome: "present" } as const;

onEachDatabase("importAccounts", (newDatabase) => {
  let shared: TestServer;
  before(async () => {
    shared = await startTestServer({ settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => shared[Symbol.asyncDispose]());

  for (const [scheme, [password, secret]] of Object.entries(schemes)) {
    test(`[US-SEC-1] an account from elsewhere (${scheme}) signs in at both doors, and its hash is ours from then on`, async () => {
      const product = await newApplication(shared.console, { enableMultipleLogins: true, maxConcurrentLogins: 0 });
      const login = `${scheme}@example.com`;
      assert.deepEqual(await take(shared, product, [{ email: login, ...secret }], { firebase }), [imported]);
      const before = await storedHash(shared, login);
      assert.match(before.passwordHash ?? "", /^\$argon2id\$v=19\$/);

      await using peer = await openLive(shared, product);
      const rest = RestPeer.of(shared, product);
      const wrong = `${password}.`;
      assert.equal((await ask(peer, packet.authorizeByCredentials, { login, password: wrong }))["status"], 200);
      assert.equal(await codeOfLogin(rest, login, wrong), 3003);
      assert.deepEqual(await storedHash(shared, login), before);
      assert.equal((await ask(peer, packet.authorizeByCredentials, { login, password }))["status"], 1);
      const after = await storedHash(shared, login);
      assert.match(after.passwordHash ?? "", /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^ ]+$/);
      assert.equal(after.foreignKind, null);
      assert.equal(after.passwordHash === before.passwordHash, scheme === "plain");
      assert.equal(await codeOfLogin(rest, login, password), "ok");
      assert.equal(await codeOfLogin(rest, login, wrong), 3003);
    });
  }

  test("[US-SEC-2] while an application has foreign hashes, every sign-in makes the computations of all their kinds", async () => {
    const product = await newApplication(shared.console);
    const salt = "c2FsdHNhbHQ";
    const digest = "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI";
    const hashes = [
      "$2b$04$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
      `$pbkdf2-sha256$1000$${salt}$${digest}`,
      `$pbkdf2-sha256$600$${salt}$${digest}`,
      `$pbkdf2-sha256$4096$${salt}$${digest}`,
      `$scrypt$ln=4,r=8,p=1$${salt}$${digest}`,
      `$argon2i$v=19$m=64,t=1,p=1$${salt}$${digest}`,
      // Weaker than ours, and stronger.
      `$argon2id$v=19$m=65536,t=1,p=1$${salt}$${digest}`,
      `$argon2id$v=19$m=19456,t=3,p=1$${salt}$${digest}`,
      knownHash,
    ];
    const rows: object[] = hashes.map((passwordHash, n) => ({ email: `user${n}@example.com`, passwordHash }));
    rows.push({ email: "nopassword@example.com" });
    rows.push({ email: "firebase@example.com", ...schemes["firebase"]![1] });
    await take(shared, product, rows, { firebase });
    const { accounts } = await must(shared.console, "listAccounts", { applicationId: product.id });
    const rest = RestPeer.of(shared, product);
    const made = new Map<string, string>();
    for (const login of [...accounts.map(({ email }) => email ?? ""), "nobody@example.com"]) {
      const computed = await computationsOf(async () => {
        assert.equal(await codeOfLogin(rest, login, "wrong"), 3003);
      });
      made.set(login, computed.join());
    }
    assert.equal(made.size, 12);
    // Ours and three of Argon2; both kinds of PBKDF2 come to a power of two, in two steps if they have to.
    assert.deepEqual([...new Set(made.values())], ["argon2 4,bcrypt 1,scrypt 2"]);

    for (const { id } of accounts)
      await must(shared.console, "setAccountPassword", { accountId: id, password: "new one" });
    const left = await computationsOf(() => codeOfLogin(rest, "nobody@example.com", "wrong"));
    assert.deepEqual(left, ["argon2 1"], "none when all have been replaced");
  });

  test("rows that are there already stay as they are, however often they are sent", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console, { accountQuota: 3 });
    const other = await newApplication(server.console);
    const rows = [
      { email: "ann@example.com", password: "wonderland", comment: "first" },
      { login: "bob", email: "bob@example.com" },
      { email: " ANN@example.com ", comment: "second" },
    ];
    assert.deepEqual(await take(server, product, rows), [imported, imported, present]);
    const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id });
    assert.deepEqual(await take(server, product, rows), [present, present, present]);
    const changed = rows.map((row) => ({ ...row, comment: "third", password: "another one" }));
    assert.deepEqual(await take(server, product, changed), [present, present, present]);
    assert.deepEqual((await must(server.console, "listAccounts", { applicationId: product.id })).accounts, accounts);
    assert.deepEqual(await take(server, other, rows), [imported, imported, present], "applications are apart");

    const id = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
    const mixed = [
      // By one of its identities somebody else signs in.
      { login: "bob", email: "ann@example.com" },
      { login: "bob", email: "carl@example.com" },
      // Another account than the one that is there.
      { id, email: "ann@example.com" },
      { id, email: "dora@example.com" },
      { email: "emil@example.com" },
    ];
    const taken = { outcome: "refused", reason: "loginTaken" } as const;
    const full = { outcome: "refused", reason: "accountQuotaReached" } as const;
    assert.deepEqual(await take(server, product, mixed), [taken, taken, taken, imported, full]);
    assert.deepEqual(await take(server, product, mixed), [taken, taken, taken, present, full]);
    const elsewhere = await take(server, other, [{ id, email: "dora@example.com" }, { email: "dora@example.com" }]);
    assert.deepEqual(elsewhere, [{ outcome: "refused", reason: "idTaken" }, imported]);
  });

  test("two imports of the same rows at the same time come to each account once", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const rows = Array.from({ length: 100 }, (_, n) => ({ email: `user${n}@example.com` }));
    const both = await Promise.all([take(server, product, rows), take(server, product, rows.toReversed())]);
    const outcomes = both.flat().map(({ outcome }) => outcome);
    assert.equal(outcomes.filter((outcome) => outcome === "imported").length, 100);
    assert.equal(outcomes.filter((outcome) => outcome === "present").length, 100);
    const { count } = await server.db
      .selectFrom("application")
      .select("accountCount as count")
      .where("id", "=", product.id as never)
      .executeTakeFirstOrThrow();
    assert.equal(count, 100);
  });

  test("a row that is refused says why, and the others come in", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console, { passwordMinLength: 6 });
    let deep: unknown = 1;
    for (let n = 0; n < 40; n++) deep = [deep];
    const good = { email: "good@example.com" };
    const cases: readonly (readonly [unknown, string, string?])[] = [
      [null, "rowMalformed"],
      ["text", "rowMalformed"],
      [[good], "rowMalformed"],
      [{ ...good, pasword: "x" }, "fieldUnknown", "pasword"],
      [{ ...good, constructor: "x" }, "fieldUnknown", "constructor"],
      [{ ...good, roles: ["admin"] }, "roleNotFound", "admin"],
      [{ ...good, roles: "admin" }, "fieldMalformed", "roles"],
      [{ ...good, properties: { note: "a\0b" } }, "fieldMalformed", "properties"],
      [{ ...good, properties: { email: "x@example.com" } }, "propertyNameReserved", "email"],
      [{ ...good, id: "not-an-id" }, "fieldMalformed", "id"],
      [{ ...good, status: "guest" }, "fieldMalformed", "status"],
      [{ ...good, levels: "pro" }, "fieldMalformed", "levels"],
      [{ ...good, comment: "a\0b" }, "fieldMalformed", "comment"],
      [{ ...good, comment: "\ud800" }, "fieldMalformed", "comment"],
      [{ ...good, locale: "x" }, "fieldMalformed", "locale"],
      [{ ...good, createdAt: "yesterday" }, "fieldMalformed", "createdAt"],
      [{ ...good, createdAt: "2020-13-01T00:00:00Z" }, "fieldMalformed", "createdAt"],
      [{ ...good, lastLoginAt: -1 }, "fieldMalformed", "lastLoginAt"],
      [{ ...good, updatedAt: 9e15 }, "fieldMalformed", "updatedAt"],
      [{ ...good, properties: { deep } }, "fieldMalformed", "properties"],
      [{ ...good, properties: { objectId: "x" } }, "propertyNameReserved", "objectId"],
      [{ ...good, properties: { password: "x" } }, "propertyNameReserved", "password"],
      [{ ...good, properties: { __class: "x" } }, "propertyNameReserved", "__class"],
      [{ ...good, properties: { "a b": "x" } }, "propertyNameReserved", "a b"],
      [{ comment: "nobody" }, "identityMissing"],
      [{ login: "  " }, "identityMissing"],
      [{ login: "x".repeat(321) }, "identityTooLong"],
      [{ email: "nobody" }, "emailInvalid"],
      [{ login: "bob", email: "nobody" }, "emailInvalid"],
      [{ ...good, password: "short" }, "passwordRefused"],
      [{ ...good, password: "x".repeat(257) }, "passwordRefused"],
      [{ ...good, password: "wonderland", passwordHash: schemes["bcrypt"]![1]["passwordHash"] }, "passwordTwice"],
      [{ ...good, passwordHash: "5f4dcc3b5aa765d61d8327deb882cf99" }, "hashUnknown"],
      [{ ...good, passwordHash: "$2b$31$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a" }, "hashTooCostly"],
      [{ ...good, ...schemes["firebase"]![1] }, "firebaseHashingMissing"],
      [{ ...good, passwordSalt: "AAAA" }, "fieldMalformed", "passwordSalt"],
    ];
    const results = await take(server, product, [...cases.map(([row]) => row), good]);
    const expected = cases.map(([, reason, field]) => ({
      outcome: "refused",
      reason,
      ...(field !== undefined && { field }),
    }));
    assert.deepEqual(results, [...expected, imported]);
    assert.equal((await must(server.console, "listAccounts", { applicationId: product.id })).accounts.length, 1);
  });

  test("[US-DATA-9] [US-DATA-11] properties go to the columns, which they make like those that server code sends", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const { id: applicationId } = product;
    const badge = { name: "badge", type: "INT", required: false, unique: true, defaultValue: null } as const;
    await must(server.console, "setColumn", { applicationId, ...badge });
    const rowOf = (login: string, properties: object) => ({ login, properties });
    const rows = [
      rowOf("ann", { badge: 1, plan: "pro", name: "Ann" }),
      rowOf("bob", { badge: 1 }),
      rowOf("carl", { badge: "one" }),
      rowOf("dora", { badge: 2, plan: "x".repeat(600) }),
      rowOf("emil", Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`p${n}`, n]))),
    ];
    const why = (reason: string) => ({ outcome: "refused", reason });
    const results = [imported, why("propertyTaken"), why("propertyTypeMismatch"), imported, why("tooManyColumns")];
    assert.deepEqual(await take(server, product, rows), results);
    const { columns } = await must(server.console, "listColumns", { applicationId });
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ["badge", "INT"],
        ["plan", "TEXT"],
      ],
    );
    await changeSettings(server, product, { dynamicSchema: false });
    const closed = [rowOf("fred", { team: "red" }), rowOf("gina", { plan: "pro" })];
    const lost = { outcome: "refused", reason: "propertyUnknown", field: "team" };
    assert.deepEqual(await take(server, product, closed), [lost, imported]);
    assert.equal((await must(server.console, "listAccounts", { applicationId })).accounts.length, 3);
  });

  test("the first row that is good gets an identity, whatever became of those before it", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const rows = [
      { email: "ann@example.com", passwordHash: "nonsense" },
      { email: "ann@example.com", password: knownPassword },
    ];
    assert.deepEqual(await take(server, product, rows), [{ outcome: "refused", reason: "hashUnknown" }, imported]);
  });

  test("there are at most eight kinds of foreign hashes in an application at a time", async () => {
    await using server = await startTestServer({ settings: { ...(await newDatabase()), ...wide } });
    const product = await newApplication(server.console);
    const hashOf = (r: number) => `$scrypt$ln=4,r=${r},p=1$c2FsdHNhbHQ$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI`;
    const rows = Array.from({ length: 10 }, (_, n) => ({ email: `user${n}@example.com`, passwordHash: hashOf(n + 1) }));
    const tooMany = { outcome: "refused", reason: "hashKindsTooMany" };
    assert.deepEqual(await take(server, product, rows), [...Array(8).fill(imported), tooMany, tooMany]);
    const again = [...rows.slice(0, 1), { email: "x@example.com", passwordHash: hashOf(3) }, ...rows.slice(9)];
    assert.deepEqual(await take(server, product, again), [present, imported, tooMany]);
    const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id });
    const accountId = accounts.find(({ email }) => email === "user0@example.com")!.id;
    await must(server.console, "setAccountPassword", { accountId, password: "another one" });
    assert.deepEqual(await take(server, product, rows.slice(9)), [imported], "one kind less");
  });

  test("[US-UPD-8] a password that is set by its owner, or is the same as before, is told by the old system's hash", async () => {
    const product = await newApplication(shared.console);
    const [password, secret] = schemes["bcrypt"]!;
    const email = "updated@example.com";
    await take(shared, product, [{ email, ...secret }]);
    const before = await storedHash(shared, email);
    const server = RestPeer.of(shared, product, "BL");
    const { accounts } = await must(shared.console, "listAccounts", { applicationId: product.id });
    const path = `/users/${accounts[0]!.id}`;
    assert.equal((await server.request("PUT", path, { body: { password } })).status, 200);
    assert.deepEqual(await storedHash(shared, email), before, "no change");
    assert.equal((await server.request("PUT", path, { body: { password: "another one" } })).status, 200);
    assert.equal((await storedHash(shared, email)).foreignKind, null);
    assert.equal(await codeOfLogin(RestPeer.of(shared, product), email, "another one"), "ok");
  });

  test("an application that is not there takes nobody in", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const outcome = await server.console.call("importAccounts", { applicationId: "x", rows: [] });
    assert.deepEqual(outcome, { ok: false, refusal: "applicationNotFound" });
  });
});

/** How many computations of each kind the work asks for. */
async function computationsOf(work: () => Promise<unknown>): Promise<string[]> {
  const counts = new Map<string, number>();
  const hook = createHook({
    init(_, type) {
      const name = /argon2|bcrypt|scrypt/i.exec(type)?.[0].toLowerCase();
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  }).enable();
  try {
    await work();
  } finally {
    hook.disable();
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).sort();
}
