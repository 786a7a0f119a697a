import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputOf } from "@latchkey/protocol";
import {
  addAccount,
  knownPassword,
  must,
  newApplication,
  onEachDatabase,
  type Product,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

type Row = OutputOf<"exportAccounts">["rows"][number];

async function exported({ console }: TestServer, { id: applicationId }: Product): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await must(console, "exportAccounts", {
      applicationId,
      limit: 2,
      ...(cursor !== undefined && { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}

onEachDatabase("exportAccounts", (newDatabase) => {
  test("[US-SEC-13] what one Latchkey gives out another takes in, with everything that it says and passwords that work", async () => {
    await using from = await startTestServer({ settings: await newDatabase() });
    await using to = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(from.console);
    const copy = await newApplication(to.console);
    const other = await newApplication(from.console);
    await addAccount(from, other, { login: "somebody of another application" });
    await addAccount(from, product, { status: "guest" });
    await addAccount(from, product, { email: "bare@example.com", passwordHash: null, status: "unconfirmed" });
    const full = {
      login: "Ann",
      email: "Ann@example.com",
      status: "disabled",
      levels: '["pro","a, b"]',
      comment: 'said "no"\nthen left',
      locale: "de",
      properties: '{"plan":"pro","n":1.5,"list":[1,null,{"a":"b"}],"empty":""}',
      createdAt: 1_600_000_000_001,
      updatedAt: 1_600_000_000_002,
      lastLoginAt: 1_600_000_000_003,
      blacklistedAt: 1_600_000_000_004,
    } as const;
    await addAccount(from, product, full);
    const foreign = {
      email: "foreign@example.com",
      passwordHash: "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
    };
    const plain = { email: "plain@example.com", password: knownPassword };
    for (const [{ console }, { id }] of [
      [from, product],
      [to, copy],
    ] as const) {
      await must(console, "createRole", { applicationId: id, role: "Editor" });
    }
    const rowsIn = [foreign, { ...plain, roles: ["Editor"] }];
    const came = await must(from.console, "importAccounts", { applicationId: product.id, rows: rowsIn });
    assert.deepEqual(came.results, [{ outcome: "imported" }, { outcome: "imported" }]);

    const rows = await exported(from, product);
    assert.deepEqual(rows.map(({ login, email }) => login ?? email).toSorted(), [
      "Ann",
      "bare@example.com",
      "foreign@example.com",
      "plain@example.com",
    ]);
    const taken = await must(to.console, "importAccounts", { applicationId: copy.id, rows });
    assert.deepEqual(taken.results, Array(4).fill({ outcome: "imported" }));
    assert.deepEqual(await exported(to, copy), rows);
    const [ann] = rows.filter(({ login }) => login === "Ann");
    assert.deepEqual(
      { ...ann, id: "", passwordHash: "" },
      { ...full, id: "", passwordHash: "", levels: ["pro", "a, b"], properties: JSON.parse(full.properties) },
    );
    assert.deepEqual(rows.find(({ email }) => email === "plain@example.com")?.roles, ["Editor"]);
    const rest = RestPeer.of(to, copy);
    await rest.login("plain@example.com");
    await rest.login("foreign@example.com", "U*U*U");
    await rest.login("foreign@example.com", "U*U*U");
    const secondCopy = await newApplication(from.console);
    await must(from.console, "createRole", { applicationId: secondCopy.id, role: "Editor" });
    const there = await must(from.console, "importAccounts", { applicationId: secondCopy.id, rows });
    assert.deepEqual(there.results, Array(4).fill({ outcome: "refused", reason: "idTaken" }), "ids are unique");
  });

  test("[US-DATA-1] no other answer has anything of a password", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const product = await newApplication(server.console);
    const { id: accountId } = await addAccount(server, product, { login: "ann@example.com" });
    const { id: applicationId } = product;
    const answers = [
      await must(server.console, "listAccounts", { applicationId }),
      await must(server.console, "showAccount", { accountId }),
    ];
    assert.doesNotMatch(JSON.stringify(answers), /argon2|password/i);
    assert.deepEqual(await server.console.call("exportAccounts", { applicationId: "x" }), {
      ok: false,
      refusal: "applicationNotFound",
    });
    assert.doesNotMatch(server.logged.join(), /argon2/);
  });
});
