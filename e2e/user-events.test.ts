import assert from "node:assert/strict";
import { test } from "node:test";
import { UserEvents, UserService, type Revocation } from "@latchkey/client";
import { within } from "@latchkey/testkit";
import { json, newDirectory, serve } from "./latchkey.ts";

interface Made {
  readonly id: string;
  readonly websocketApiKey: string;
  readonly apiKeys: Readonly<Record<string, string>>;
}

test("[US-SESS-13] a command that ends a session, disables or deletes logs out who uses REST, without being asked", async () => {
  const data = newDirectory();
  await using server = await serve(data);
  const on = ["--data", data];
  const app = await json<Made>("app", "create", "--name", "Wonderland", ...on);
  const users = new UserService({ url: server.url, applicationId: app.id, apiKey: app.apiKeys["JS"]! });
  await using events = new UserEvents(users, { websocketApiKey: app.websocketApiKey, clientId: "client-1" });
  const user = await users.register({ email: "alice@wonderland.com", password: "white rabbit" });
  const { objectId } = user;
  const commands = {
    operator: async () => {
      const sessions = await json<{ id: string; door: string }[]>("session", "list", "--app", app.id, ...on);
      return ["session", "end", sessions.find(({ door }) => door === "live")!.id];
    },
    disabled: async () => ["account", "disable", objectId],
    deleted: async () => ["account", "delete", objectId, "--yes"],
  };
  for (const [reason, command] of Object.entries(commands)) {
    if (reason === "deleted") await json("account", "enable", objectId, ...on);
    const attached = new Promise((resolve) => events.on("attached", resolve));
    await users.login("alice@wonderland.com", "white rabbit");
    await within(attached, "the connection");
    const revoked = new Promise<Revocation>((resolve) => events.on("revoked", resolve));
    await json(...(await command()), ...on);
    assert.deepEqual(await within(revoked, `"${reason}" to be told`), { objectId, reason });
    assert.equal(await users.getCurrentUser(), null);
  }
});
