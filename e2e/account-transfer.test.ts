import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { eventually, RestPeer } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, root, serve, start } from "./latchkey.ts";

interface App {
  readonly id: string;
  readonly apiKeys: { readonly JS: string };
}

interface Sum {
  readonly imported: number;
  readonly present: number;
  readonly refused: number;
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

const bcrypt = "$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a";
/** Of "correct horse", as it is kept here: it has only to be written. */
const argon2id = "$argon2id$v=19$m=19456,t=2,p=1$d4eeWU0SejhNO3zHRVKEqw$pv86dvfF1b81Stk5ZscRxT69pXn6znyAlwjxNdc12zc";
let files = 0;

function newFile(content: string, ending = "jsonl"): string {
  const path = join(root, `accounts-${++files}.${ending}`);
  writeFileSync(path, content);
  return path;
}

function linesOf(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function newApp(data: string): Promise<App> {
  return json<App>("app", "create", "--name", "Moved in", "--data", data);
}

test("accounts that are moved in beside a running server sign in at once", async () => {
  const data = newDirectory();
  await using server = await serve(data);
  const app = await newApp(data);
  const file = newFile(
    `email,passwordHash,properties.plan\nann@example.com,${bcrypt},pro\nbob@example.com,"${argon2id}",free\n`,
    "csv",
  );
  const { code, stdout, stderr } = await latchkey(["account", "import", file, "--app", app.id, "--data", data]);
  assert.deepEqual([code, stdout, stderr], [0, "Imported       2\nAlready there  0\nRefused        0\n", ""]);
  const rest = new RestPeer(server.url, `/${app.id}/${app.apiKeys.JS}`);
  assert.equal(
    (await rest.post("/users/login", { login: "ann@example.com", password: "U*U*U" })).fields["plan"],
    "pro",
  );
  await rest.login("ann@example.com", "U*U*U");
  await rest.login("bob@example.com");
});

test("each refused row is told with its line, the others come in, and again nothing is doubled", async () => {
  const data = newDirectory();
  const { id } = await newApp(data);
  const typed = `${linesOf([{ email: "ann@example.com" }, { email: "bob" }])}{"email":\n${linesOf([{ "e\u001b[2J": 1 }, { login: "carl" }])}`;
  const command = ["account", "import", "-", "--app", id, "--data", data];
  const first = await latchkey(command, { typed });
  assert.deepEqual([first.code, first.stdout], [1, "Imported       2\nAlready there  0\nRefused        3\n"]);
  assert.deepEqual(first.stderr.split("\n"), [
    "line 2: its e-mail address is not valid",
    "line 3: it is not JSON",
    'line 4: "e\\u001b[2J": there is no such field',
    "latchkey: 3 of the rows were refused",
    "",
  ]);
  const again = await latchkey([...command, "--json"], { typed });
  const { refusals, ...counts }: Sum = JSON.parse(again.stdout);
  assert.deepEqual([again.code, counts], [1, { imported: 0, present: 2, refused: 3 }]);
  assert.deepEqual(refusals[0], { line: 2, reason: "its e-mail address is not valid" });
});

test("an import that was killed in the middle is completed by another, without doubles", async () => {
  const data = newDirectory();
  const { id } = await newApp(data);
  const rows = Array.from({ length: 1000 }, (_, n) => ({ login: `user-${n}`, passwordHash: argon2id }));
  const command = ["account", "import", "--app", id, "--data", data];
  const child = start([...command, "-"]);
  // Half of a line: it cannot come to its end.
  child.stdin.write(linesOf(rows.slice(0, 700)) + '{"login":');
  const database = new DatabaseSync(join(data, "latchkey.db"), { readOnly: true });
  const count = () => Number(database.prepare("select count(*) as n from account").get()?.["n"]);
  await eventually("some accounts to be there", async () => count() > 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  const before = count();
  assert.ok(before > 0 && before < 1000, `${before} accounts`);
  const sum = await json<Sum>(...command, newFile(linesOf(rows)));
  assert.deepEqual(sum, { imported: 1000 - before, present: before, refused: 0, refusals: [] });
  const { n } = database.prepare("select account_count as n from application where id = ?").get(id) ?? {};
  assert.deepEqual([count(), Number(n)], [1000, 1000]);
  database.close();
});

test("an export is a file of this user's alone, that is taken in again", async () => {
  const data = newDirectory();
  const from = await newApp(data);
  const rows = Array.from({ length: 1500 }, (_, n) => ({
    login: `user-${n}`,
    passwordHash: argon2id,
    levels: ["pro"],
    properties: { n },
  }));
  await json("account", "import", newFile(linesOf(rows)), "--app", from.id, "--data", data);
  const command = ["account", "export", "--app", from.id, "--data", data];
  for (const ending of ["jsonl", "csv"]) {
    const file = join(root, `exported.${ending}`);
    assert.deepEqual(await json(...command, "--file", file), { exported: 1500, file });
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const { stdout, stderr, code } = await latchkey([...command, "--format", ending]);
    assert.deepEqual([code, stderr, stdout === readFileSync(file, "utf8")], [0, "", true]);
    const into = newDirectory();
    const copy = await newApp(into);
    const sum = await json<Sum>("account", "import", file, "--app", copy.id, "--data", into);
    assert.deepEqual([sum.imported, sum.refused], [1500, 0]);
    const back = await latchkey(["account", "export", "--app", copy.id, "--data", into, "--format", ending]);
    assert.equal(back.stdout, stdout);
    await refuses(/is there already/, [...command, "--file", file]);
  }
  const wrong = await latchkey([...command, "--json"]);
  assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
  await refuses(/no such application/, ["account", "export", "--app", "x", "--data", data]);
  const child = start(command);
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  assert.equal(code, 1, "nobody reads it");
});

test("what cannot be read is one clear line", async () => {
  const data = newDirectory();
  const { id } = await newApp(data);
  const into = ["--app", id, "--data", data];
  await refuses(/cannot be read \(ENOENT\)/, ["account", "import", join(root, "nothing"), ...into]);
  await refuses(/is a directory/, ["account", "import", root, ...into]);
  const empty = newFile("");
  await refuses(/no such application/, ["account", "import", empty, "--app", "x", "--data", data]);
  await refuses(/does not have all four/, ["account", "import", empty, "--firebase-hashing", empty, ...into]);
  await refuses(/line 1: there is no column "mail"/, ["account", "import", newFile("mail\nx\n", "csv"), ...into]);
  assert.deepEqual(await json("account", "import", empty, ...into), {
    imported: 0,
    present: 0,
    refused: 0,
    refusals: [],
  });
});
