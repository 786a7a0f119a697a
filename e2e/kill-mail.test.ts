import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, startSmtp } from "@latchkey/testkit";
import { json, newDirectory, serve } from "./latchkey.ts";

interface Created {
  readonly id: string;
  readonly apiKeys: { readonly JS: string };
}

const email = "ann@example.com";

test("[US-MAIL-4] a mail that was queued before the server was killed is sent after its restart", async () => {
  const data = newDirectory();
  const { id, apiKeys } = await json<Created>(
    ...["app", "create", "--name", "Mail product", "--set", "emailConfirmationRequired=true", "--data", data],
  );
  await using smtp = await startSmtp();
  smtp.answer = "451 not now";
  writeFileSync(
    join(data, "latchkey.toml"),
    `smtp_host = "127.0.0.1"\nsmtp_port = ${smtp.port}\nmail_from = "latchkey@example.org"\n`,
  );
  {
    await using server = await serve(data);
    const registered = await fetch(`${server.url}/${id}/${apiKeys.JS}/users/register`, {
      method: "POST",
      body: JSON.stringify({ email, password: "correct horse" }),
    });
    assert.equal(registered.status, 200);
    await server.logged("mail not sent");
    server.kill("SIGKILL");
    await server.exited;
  }
  assert.deepEqual([smtp.offered, smtp.taken.length], [1, 0]);
  smtp.answer = undefined;
  await using server = await serve(data);
  await eventually("the mail to be taken", () => Promise.resolve(smtp.taken.length === 1), 30_000);
  const { pathname } = new URL(smtp.taken[0]!.link);
  const confirmed = await fetch(server.url + pathname, { method: "POST", headers: { accept: "application/json" } });
  assert.equal(confirmed.status, 200);
});
