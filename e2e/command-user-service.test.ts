import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { clientKeyKinds } from "@latchkey/protocol";
import { json, latchkey, newDirectory, refuses, serve } from "./latchkey.ts";

interface App {
  readonly id: string;
  readonly apiKeys: Readonly<Record<string, string>>;
}

interface Account {
  readonly id: string;
  readonly status: string;
}

test("[US-ADMIN-1] [US-ADMIN-2] the commands of roles, hosts, keys, locks and ends of sessions work beside a server", async () => {
  const data = newDirectory();
  const command = <T>(...args: string[]) => json<T>(...args, "--data", data);
  const { id, apiKeys } = await command<App>("app", "create", "--name", "My Product", "--set", "failedLoginsLock=1");
  await using server = await serve(data);

  const post = async (path: string, body: object, key = apiKeys["JS"]) => {
    const answer = await fetch(`${server.url}/${id}/${key}${path}`, { method: "POST", body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, unknown>;
  };
  const credentials = { login: "ann@example.com", password: "correct horse" };
  const isLive = async (token: unknown) => {
    const answer = await fetch(`${server.url}/${id}/${apiKeys["JS"]}/users/isvalidusertoken/${String(token)}`);
    return answer.text();
  };
  const login = () => post("/users/login", credentials);
  const { objectId } = await post("/users/register", { email: credentials.login, password: credentials.password });
  const account = String(objectId);

  assert.deepEqual(await command("role", "create", "--app", id, "--name", "Editor"), { name: "Editor" });
  await refuses(/has a role of that name/, ["role", "create", "--app", id, "--name", "Editor", "--data", data]);
  assert.deepEqual(await command("role", "list", "--app", id), [{ name: "Editor" }]);
  const assigned = await command("account", "assign-role", account, "--role", "Editor");
  assert.deepEqual(assigned, { id: account, roles: ["Editor"] });
  const taken = await latchkey(["account", "unassign-role", account, "--role", "Editor", "--data", data]);
  assert.deepEqual(taken.stdout, "roles: none\n");
  assert.deepEqual(await command("role", "delete", "--app", id, "--name", "Editor", "--yes"), { name: "Editor" });

  await post("/users/login", { ...credentials, password: "wrong" });
  assert.equal((await login())["code"], 3036);
  assert.equal((await command<Account>("account", "unlock", account)).id, account);
  const first = await login();
  assert.equal(await isLive(first["user-token"]), "true");
  await command("account", "end-sessions", account);
  assert.equal(await isLive(first["user-token"]), "false");
  const second = await login();
  await command("app", "end-sessions", id);
  assert.equal(await isLive(second["user-token"]), "false");

  assert.deepEqual(await command("host", "bind", "App.example.com", "--app", id), {
    host: "app.example.com",
    keyKind: "JS",
  });
  assert.equal((await atHost(server.url, "app.example.com"))["appId"], id);
  assert.deepEqual(await command("host", "list", "--app", id), [{ host: "app.example.com", keyKind: "JS" }]);
  const wrong = await latchkey(["host", "bind", "x.example.com", "--app", id, "--key", "BL", "--data", data]);
  assert.deepEqual([wrong.code, wrong.stderr.includes(clientKeyKinds.join(", "))], [2, true]);
  await command("host", "unbind", "app.example.com", "--app", id);
  assert.equal((await atHost(server.url, "app.example.com"))["code"], 2002);

  const renewed = await command<App>("app", "renew-key", id, "--kind", "BL");
  assert.equal((await post("/users/assignRole", {}, apiKeys["BL"]))["code"], 2002);
  assert.equal((await post("/users/assignRole", {}, renewed.apiKeys["BL"]))["code"], 3038);
  assert.equal((await command<App>("app", "revoke-key", id, "--kind", "BL")).apiKeys["BL"], undefined);
  assert.equal((await post("/users/assignRole", {}, renewed.apiKeys["BL"]))["code"], 2002);
  assert.equal((await command<App>("app", "show", id)).apiKeys["BL"], undefined);
});

/** What the domain form answers for a host. */
function atHost(url: string, host: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/info`, { headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
      });
    });
    sent.on("error", reject).end();
  });
}
