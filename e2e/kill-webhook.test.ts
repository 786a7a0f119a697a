import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, isSignedBy, startWebhookReceiver } from "@latchkey/testkit";
import { json, latchkey, newDirectory, refuses, serve } from "./latchkey.ts";

interface Created {
  readonly id: string;
  readonly secret: string;
}

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly lastStatus?: number;
}

test("[MG-HOOK-4] webhook commands beside a server; what happened before it was killed is told after its restart", async () => {
  const data = newDirectory();
  const on = ["--data", data];
  const app = await json<Created>("app", "create", "--name", "Webhook test", ...on);
  const of = ["--app", app.id, ...on];
  await using receiver = await startWebhookReceiver();
  await refuses(/begins with https/, ["webhook", "create", "--url", receiver.url, ...of]);
  writeFileSync(join(data, "latchkey.toml"), 'webhook_allowed_networks = "127.0.0.1"\n');
  const create = ["webhook", "create", "--url", receiver.url, "--events", "license.created,license.paused"];
  const hook = await json<Created>(...create, ...of);
  const license = ["license", "create", "--count", "1", ...of];
  const pause = async () => {
    const [made] = await json<readonly { readonly license: string }[]>(...license);
    await json("license", "pause", made!.license, ...of);
  };
  await pause();
  receiver.answer = () => undefined;
  {
    await using server = await serve(data);
    await eventually("the first message to be on its way", async () => receiver.received.length === 1, 30_000);
    await pause();
    server.kill("SIGKILL");
    await server.exited;
  }
  receiver.answer = (response) => response.end("thanks");
  await using server = await serve(data);
  const deliveries = (...more: string[]) => json<readonly Delivery[]>("webhook", "deliveries", hook.id, ...more, ...of);
  await eventually("all to be told", async () => new Set(receiver.received.map(({ text }) => text)).size === 4, 60_000);
  const told = ["license.paused", "license.created", "license.paused", "license.created"];
  assert.deepEqual(
    (await deliveries("--state", "delivered")).map(({ type }) => type),
    told,
  );
  for (const message of receiver.received) assert.ok(isSignedBy(hook.secret, message));

  const [newest] = await deliveries();
  assert.deepEqual([newest!.state, newest!.lastStatus], ["delivered", 200]);
  const before = receiver.received.length;
  await json("webhook", "replay", hook.id, "--delivery", newest!.id, ...of);
  await eventually("the replay", async () => receiver.received.length > before, 30_000);
  assert.equal(receiver.received.at(-1)!.headers["webhook-id"], newest!.id);
  assert.deepEqual(await json("webhook", "replay", hook.id, "--since", "2020-01-01T00:00:00Z", ...of), { replayed: 0 });
  assert.equal((await latchkey(["webhook", "replay", hook.id, ...of])).code, 2);
  assert.equal((await latchkey([...create.slice(0, 4), "--events", "no.such", ...of])).code, 2);

  assert.deepEqual(await json("webhook", "reveal", hook.id, ...of), { secret: hook.secret });
  const rotated = await json<Created>("webhook", "rotate", hook.id, ...of);
  assert.notEqual(rotated.secret, hook.secret);
  await json("webhook", "test", hook.id, ...of);
  await eventually("the test", async () => receiver.received.at(-1)!.body.type === "webhook.test", 30_000);
  const last = receiver.received.at(-1)!;
  assert.deepEqual([isSignedBy(hook.secret, last), isSignedBy(rotated.secret, last)], [true, true]);

  const { state } = await json<{ readonly state: string }>("webhook", "update", hook.id, "--state", "disabled", ...of);
  assert.equal(state, "disabled");
  await refuses(/enable it first/, ["webhook", "test", hook.id, ...of]);
  assert.match((await latchkey(["webhook", "show", hook.id, ...of])).stdout, /disabled \(operator\)/);
  assert.equal((await json<readonly unknown[]>("webhook", "list", ...of)).length, 1);
  await json("webhook", "delete", hook.id, "--yes", ...of);
  await refuses(/no such webhook/, ["webhook", "show", hook.id, ...of]);
  server.kill("SIGTERM");
  assert.equal(await server.exited, 0);
});
