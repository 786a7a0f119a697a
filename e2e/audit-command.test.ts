import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { eventually } from "@latchkey/testkit";
import { json, latchkey, newDirectory, serve } from "./latchkey.ts";

interface End {
  readonly position: number;
  readonly hash: string;
  readonly unsealed: number;
}

test("[MG-AUDIT-5] the log is listed, exported and verified by command; once it is broken, verify says where and fails", async () => {
  const data = newDirectory();
  const { id } = await json<{ id: string }>("app", "create", "--name", "Audited", "--data", data);
  await json("license", "create", "--app", id, "--count", "2", "--data", data);
  assert.equal((await json<End>("audit", "verify", "--data", data)).unsealed, 2);
  {
    await using _ = await serve(data);
    await eventually("the log to be sealed", async () => {
      return (await json<End>("audit", "verify", "--data", data)).unsealed === 0;
    });
  }
  const { position, hash } = await json<End>("audit", "verify", "--data", data);
  const verify = (...args: string[]) => latchkey(["audit", "verify", "--data", data, ...args]);
  assert.equal((await verify("--head", `${position}:${hash}`)).code, 0);
  assert.equal((await verify("--head", `${position}:${"0".repeat(64)}`)).code, 1);

  const listed = await json<{ action: string }[]>(
    "audit",
    "list",
    "--app",
    id,
    "--action",
    "createLicenses",
    "--data",
    data,
  );
  assert.deepEqual(
    listed.map(({ action }) => action),
    ["createLicenses"],
  );
  const { stdout } = await latchkey(["audit", "export", "--data", data]);
  const lines = stdout.trim().split("\n");
  // The server has added the link by which its first owner is made.
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as End).position),
    [1, 2, 3],
  );

  using db = new DatabaseSync(join(data, "latchkey.db"));
  db.exec("drop trigger audit_entry_content; drop trigger audit_entry_sealed");
  db.exec("update audit_entry set action = 'deleteLicense' where position = 2");
  const broken = await verify();
  assert.equal(broken.code, 1);
  assert.match(broken.stderr, /broken.*position 2/);
});
