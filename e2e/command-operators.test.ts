import assert from "node:assert/strict";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { ManagementPeer, operatorPassword, signIn, within } from "@latchkey/testkit";
import { json, latchkey, newDirectory, serve, start } from "./latchkey.ts";

interface Key {
  readonly id: string;
  readonly key: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: string;
}

interface Operator {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly disabledAt?: string;
}

interface Link {
  readonly link: string;
  readonly expiresAt: string;
}

/** The last line of a server's start: the link by which it gets its owner. */
async function setUpLink(data: string): Promise<{ url: string; link: string; stop: () => Promise<void> }> {
  const child = start(["serve", "--port", "0", "--data", data, "--json"]);
  const exited = once(child, "exit");
  const [line] = (await within(
    once(createInterface(child.stdout), "line"),
    "the server to be ready",
    30_000,
  )) as string[];
  const { url, setUpLink: link = "" } = JSON.parse(line ?? "") as { url: string; setUpLink?: string };
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  return { url, link, stop };
}

function secretIn(link: string): string {
  return link.split("/").at(-1) ?? "";
}

test("[MG-OP-1] each start prints another link until there is an owner, and only the latest one is good", async () => {
  const data = newDirectory();
  const first = await setUpLink(data);
  assert.match(first.link, new RegExp(`^${first.url}/#/set-up/[\\w-]{43}$`));
  await first.stop();
  const second = await setUpLink(data);
  assert.notEqual(secretIn(second.link), secretIn(first.link));
  const peer = new ManagementPeer(second.url);
  const accept = (secret: string) =>
    peer.call("acceptInvitation", { secret, email: "me@example.com", name: "Me", password: operatorPassword });
  assert.equal((await accept(secretIn(first.link))).status, 410);
  assert.equal((await accept(secretIn(second.link))).status, 200);
  await second.stop();
  const third = await setUpLink(data);
  assert.equal(third.link, "");
  await third.stop();
});

test("key create prints a key that a running server takes at once, until key revoke", async () => {
  const data = newDirectory();
  await using server = await serve(data);
  const on = ["--data", data];
  const [app] = await json<{ id: string }[]>("app", "list", ...on);
  const id = app?.id ?? "";
  const scopes = "applications:read,licenses:read";
  const made = await json<Key>(
    "key",
    "create",
    "--name",
    "ci",
    "--scopes",
    scopes,
    "--app",
    id,
    "--expires",
    "90d",
    ...on,
  );
  const peer = new ManagementPeer(server.url, { authorization: `Bearer ${made.key}` });
  assert.equal((await peer.must("listApplications", {})).applications[0]?.id, id);
  assert.equal((await peer.call("listManagementKeys", {})).status, 403);
  const [listed] = await json<Key[]>("key", "list", ...on);
  assert.equal(listed?.key, undefined);
  assert.equal(listed?.expiresAt, made.expiresAt);
  await json("key", "revoke", made.id, ...on);
  assert.equal((await peer.call("listApplications", {})).status, 401);
  const wrong = await latchkey(["key", "create", "--name", "ci", "--scopes", "licenses:red", ...on]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /licenses:red is no scope/);
});

test("operators are made, looked after and put out by commands beside a server", async () => {
  const data = newDirectory();
  await using server = await serve(data);
  const on = ["--data", data];
  const email = "owner@example.com";
  const create = [
    "operator",
    "create",
    "--email",
    email,
    "--name",
    "Me",
    "--role",
    "owner",
    "--password-stdin",
    "--json",
  ];
  const created = await latchkey([...create, ...on], { typed: `${operatorPassword}\n` });
  assert.deepEqual([created.code, created.stderr], [0, ""]);
  const page = await signIn(server, { email });
  const invited = await json<Link>("operator", "create", "--email", "b@example.com", "--role", "support", ...on);
  assert.match(invited.link, /^http:\/\/127\.0\.0\.1:8090\/#\/invitation\/[\w-]{43}$/);
  const nobody = new ManagementPeer(server.url);
  const accept = (link: string) =>
    nobody.call("acceptInvitation", { secret: secretIn(link), name: "B", password: operatorPassword });
  assert.equal((await accept(invited.link)).status, 200);
  assert.equal((await json<Operator>("operator", "role", "B@example.com", "--role", "admin", ...on)).role, "admin");
  const reset = await json<Link>("operator", "reset-password", "b@example.com", "--remove-second-factor", ...on);
  await assert.rejects(signIn(server, { email: "b@example.com" }), /credentialsWrong/);
  assert.equal((await accept(reset.link)).status, 200);
  assert.ok((await json<Operator>("operator", "disable", "b@example.com", ...on)).disabledAt);
  assert.equal((await json<Operator>("operator", "enable", "b@example.com", ...on)).disabledAt, undefined);
  await json("operator", "remove", "b@example.com", ...on);
  const operators = await json<Operator[]>("operator", "list", ...on);
  assert.deepEqual(
    operators.map((operator) => operator.email),
    [email],
  );
  const last = await latchkey(["operator", "remove", email, ...on]);
  assert.deepEqual([last.code, last.stderr], [1, "latchkey: this is the last owner who can sign in\n"]);
  assert.equal((await page.call("showOwnOperator", {})).status, 200);
});
