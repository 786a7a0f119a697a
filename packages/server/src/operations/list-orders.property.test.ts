import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addAccount, addLicense, must, newApplication, onEachDatabase, type Product } from "@latchkey/testkit";
import { startTestServer, type TestServer } from "@latchkey/testkit";
import fc from "fast-check";

type License = Awaited<ReturnType<typeof page>>["licenses"][number];

const licenses = fc.array(
  fc.record({
    createdAt: fc.integer({ min: 1, max: 4 }),
    expiresAt: fc.option(fc.integer({ min: 1, max: 4 })),
    lastUsedAt: fc.option(fc.integer({ min: 1, max: 4 })),
    levels: fc.constantFrom('["a"]', '["b"]'),
  }),
  { minLength: 1, maxLength: 14 },
);
/** What somebody else does between two pages. */
const deeds = fc.array(fc.constantFrom("create", "delete", "nothing"), { maxLength: 20 });
const asked = fc.record({
  sort: fc.constantFrom("created", "expires", "lastUsed", "key"),
  order: fc.constantFrom("asc", "desc"),
  limit: fc.integer({ min: 1, max: 4 }),
  level: fc.option(fc.constant("a"), { nil: undefined }),
});

function page({ console }: TestServer, { id }: Product, input: object) {
  return must(console, "listLicenses", { applicationId: id, ...input });
}

/** What a license is ordered by, such that one that has nothing comes last, by age. */
function keyOf(
  { id, license, createdAt, expiresAt, lastUsedAt }: License,
  sort: "created" | "expires" | "lastUsed" | "key",
) {
  if (sort === "key") return [0, license];
  const value = { created: createdAt, expires: expiresAt, lastUsed: lastUsedAt }[sort];
  return value === undefined ? [1, createdAt, id] : [0, value, id];
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[], order: "asc" | "desc"): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at === -1) return 0;
  const isLess = (a[at] ?? 0) < (b[at] ?? 0);
  return (at > 0 && order === "desc") !== isLess ? -1 : 1;
}

onEachDatabase("orders of lists", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[MG-LIST-1] [MG-LIST-3] a list has each record that is there all the time once, in its order, whatever comes and goes", async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(licenses, deeds, asked, async (rows, deeds, { sort, order, limit, level }) => {
        const product = await newApplication(server.console);
        const passing: string[] = [];
        const steady = new Set<string>();
        const add = async (row: object) => {
          // Not of letters and digits mixed: the databases do not agree on the order of those.
          const key = `K${`${++count * 7919}`.padStart(12, "0")}`;
          return addLicense(server, product, { key, ...row });
        };
        for (const [at, row] of rows.entries()) {
          const { id, levels } = await add(row);
          if (at % 3 === 0) passing.push(id);
          else if (level === undefined || levels.includes(level)) steady.add(id);
        }
        const filter = { sort, order, ...(level !== undefined && { level }) };
        const seen: License[] = [];
        for (let cursor: string | undefined; ;) {
          const found = await page(server, product, { ...filter, limit, ...(cursor !== undefined && { cursor }) });
          seen.push(...found.licenses);
          cursor = found.nextCursor;
          if (cursor === undefined) break;
          const deed = deeds.pop();
          const gone = deed === "delete" ? passing.pop() : undefined;
          if (deed === "create") await add(rows[0] ?? {});
          if (gone) await must(server.console, "deleteLicense", { license: gone });
        }
        const ids = seen.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, "nothing twice");
        assert.deepEqual(
          [...steady].filter((id) => !ids.includes(id)),
          [],
          "nothing left out",
        );
        const keys = seen.map((license) => keyOf(license, sort));
        assert.ok(
          keys.every((key, i) => i === 0 || compare(keys[i - 1] ?? [], key, order) < 0),
          "in its order",
        );
      }),
      { numRuns: 40 },
    );
  });

  test("[MG-LIST-1] accounts are in the order of what they are called or signed in, and those without come last", async () => {
    const product = await newApplication(server.console);
    await addAccount(server, product, { login: "Bob", createdAt: 1 });
    await addAccount(server, product, { email: "alice@example.com", createdAt: 2, lastLoginAt: 20 });
    await addAccount(server, product, { status: "guest", createdAt: 3 });
    await addAccount(server, product, { login: "carl", email: "aa@example.com", createdAt: 4, lastLoginAt: 10 });
    const ages = async (sort: "login" | "lastLogin", order: "asc" | "desc") => {
      const created: number[] = [];
      for (let cursor: string | undefined; ;) {
        const input = { applicationId: product.id, sort, order, limit: 1, ...(cursor !== undefined && { cursor }) };
        const { accounts, nextCursor } = await must(server.console, "listAccounts", input);
        created.push(...accounts.map(({ createdAt }) => createdAt));
        cursor = nextCursor;
        if (cursor === undefined) return created;
      }
    };
    assert.deepEqual(await ages("login", "asc"), [2, 1, 4, 3]);
    assert.deepEqual(await ages("login", "desc"), [4, 1, 2, 3]);
    assert.deepEqual(await ages("lastLogin", "asc"), [4, 2, 1, 3]);
    assert.deepEqual(await ages("lastLogin", "desc"), [2, 4, 3, 1]);
  });
});
