import * as assert from "node:assert/strict";
import { Status } from "@latchkey/protocol";
import type { Declare, Product, Seeds } from "@latchkey/testkit";
import type { Ending } from "./connection.ts";
import { orThrow } from "./errors.ts";
import { Session } from "./session.ts";

/** What the calls beyond signing in and out come to, in every runtime. */
export function operationsContract(test: Declare, seeds: Seeds): void {
  async function initialized(product: Product, clientId = "client-1") {
    const session = new Session({ url: seeds.url });
    await session.connect();
    orThrow(await session.initialize(product.websocketApiKey, clientId));
    return session;
  }

  async function signedIn(product: Product, clientId?: string) {
    const session = await initialized(product, clientId);
    await session.createAccount({ login: "anna", password: "secret" });
    orThrow(await session.authorize({ login: "anna", password: "secret" }));
    return session;
  }

  test("[LP-VAL-1] a session keeps texts for itself until they are deleted", async () => {
    const product = await seeds.newApplication();
    await using session = await initialized(product);
    await using other = await initialized(product, "client-2");
    const [unset, value] = [await session.getSessionValue("key"), "välue"];
    assert.deepEqual([unset.status, unset.value, unset.good()], [Status.StoreValueNotFound, "", false]);
    assert.equal(await session.setSessionValue("key", value), Status.Ok);
    assert.equal(await session.setSessionValue("soon gone", value, 60), Status.Ok);
    assert.equal(orThrow(await session.getSessionValue("key")).value, value);
    assert.equal((await other.getSessionValue("key")).status, Status.StoreValueNotFound);
    assert.equal(await session.deleteSessionValue("key"), Status.Ok);
    assert.equal(await session.deleteSessionValue("key"), Status.StoreValueNotFound);
    assert.equal(await session.setSessionValue("big", "x".repeat(16_385)), Status.StoreOutOfMemory);
  });

  test("[LP-VAR-1] a variable is read; a protected one needs an authorization", async () => {
    const product = await seeds.newApplication();
    const applicationId = product.id;
    await seeds.operate("setVariable", { applicationId, name: "news", content: "none", public: true });
    await seeds.operate("setVariable", { applicationId, name: "secret", content: "42", public: false });
    await using session = await initialized(product);
    assert.equal(orThrow(await session.getVariable("news")).content, "none");
    const refused = await session.getVariable("secret");
    assert.deepEqual([refused.status, refused.content], [Status.NotAuthorized, ""]);
    assert.equal((await session.getVariable("no such")).status, Status.VariableNotFound);
    assert.equal((await session.getVariable("ab")).status, Status.VariableInvalidName);
    orThrow(await session.authorize(await seeds.newLicense(product)));
    assert.equal(orThrow(await session.getVariable("secret")).content, "42");
  });

  test("[LP-ONL-1] the sessions that are authorized now are counted", async () => {
    const product = await seeds.newApplication();
    await using session = await initialized(product);
    assert.equal(orThrow(await session.getOnlineUsersCount()).onlineUsersCount, 0);
    orThrow(await session.authorize(await seeds.newLicense(product)));
    assert.equal(orThrow(await session.getOnlineUsersCount()).onlineUsersCount, 1);
  });

  test("[LP-CUR-1] the current license or account is the one the session is authorized by", async () => {
    const product = await seeds.newApplication();
    await using session = await initialized(product);
    const key = await seeds.newLicense(product, { levels: ["pro"] });
    assert.equal((await session.getCurrentLicense()).status, Status.NotAuthorized);
    orThrow(await session.authorize(key));
    const license = orThrow(await session.getCurrentLicense());
    assert.deepEqual([license.license, license.levels], [key, ["pro"]]);
    assert.equal((await session.getCurrentAccount()).status, Status.NotAuthorized);

    await using other = await signedIn(product, "client-2");
    assert.equal(orThrow(await other.getCurrentAccount()).login, "anna");
    assert.equal((await other.getCurrentLicense()).status, Status.NotAuthorized);
  });

  test("an account sees its sessions and ends the others", async () => {
    const product = await seeds.newApplication();
    await using session = await signedIn(product);
    await using second = await signedIn(product, "client-2");
    await using third = await signedIn(product, "client-3");

    const { sessions } = orThrow(await session.listSessions());
    const clients = new Map(sessions.map((one) => [one.clientId, one]));
    assert.deepEqual([...clients.keys()].sort(), ["client-1", "client-2", "client-3"]);
    const own = clients.get("client-1")!;
    assert.deepEqual([own.current, own.transport, own.ipAddress], [true, "live", "127.0.0.1"]);
    assert.ok(own.createdAt > 1_700_000_000 && own.lastSeenAt >= own.createdAt, "Unix seconds");
    assert.equal(clients.get("client-2")!.current, false);

    const { sessionId } = clients.get("client-2")!;
    const one = orThrow(await session.endSessions({ sessionId }));
    assert.equal(one.ended, 1);
    assert.equal((await second.getCurrentAccount()).status, Status.NotAuthorized);
    assert.equal((await session.endSessions({ sessionId })).status, Status.SessionNotFound);
    assert.equal(orThrow(await session.endSessions({ others: true })).ended, 1);
    assert.equal((await third.listSessions()).status, Status.NotAuthorized);
    assert.equal(orThrow(await session.listSessions()).sessions.length, 1);
  });

  test("[LP-ATT-1] a session is given the account of a user-service session", async () => {
    const product = await seeds.newApplication();
    await using session = await initialized(product);
    const base = `${seeds.url}/${product.id}/${product.apiKeys.JS}/users`;
    const ask = async (call: string, body: object): Promise<Record<string, string>> => {
      const response = await fetch(`${base}/${call}`, { method: "POST", body: JSON.stringify(body) });
      return (await response.json()) as Record<string, string>;
    };
    await ask("register", { email: "alice@wonderland.com", password: "white rabbit" });
    const user = await ask("login", { login: "alice@wonderland.com", password: "white rabbit" });

    assert.equal((await session.attach("no such token")).status, Status.NotAuthorized);
    const account = orThrow(await session.attach(user["user-token"]!));
    assert.equal(account.login, "alice@wonderland.com");
    await fetch(`${base}/logout`, { headers: { "user-token": user["user-token"]! } });
    assert.equal((await session.getCurrentAccount()).status, Status.NotAuthorized);
  });

  test("[LP-FILE-1] [LP-FILE-2] a file is described, fetched and verified, whole or what is left of it", async () => {
    const product = await seeds.newApplication();
    const content = "0123456789".repeat(30_000);
    await seeds.newFile(product, "update.bin", content);
    await using session = await initialized(product);
    const about = orThrow(await session.getFileMetadata("update.bin"));
    assert.deepEqual([about.size, about.transferCount, about.lastTransferredAt], [300_000, 0, 0]);
    assert.equal((await session.getFileMetadata("no such file")).status, Status.FileNotFound);
    assert.equal((await session.downloadFile("update.bin")).status, Status.NotAuthorized);

    orThrow(await session.authorize(await seeds.newLicense(product)));
    const progress: number[] = [];
    const onProgress = (received: number) => progress.push(received);
    const whole = orThrow(await session.downloadFile("update.bin", { onProgress }));
    assert.equal(new TextDecoder().decode(whole.bytes), content);
    assert.deepEqual([whole.size, whole.checksum, progress.at(-1)], [300_000, about.checksum, 300_000]);
    const rest = orThrow(await session.downloadFile("update.bin", { resumeAt: 299_995 }));
    assert.equal(new TextDecoder().decode(rest.bytes), "56789");
    const beyond = await session.downloadFile("update.bin", { resumeAt: 300_001 });
    assert.deepEqual([beyond.status, beyond.bytes.length], [Status.FileInvalidResumeOffset, 0]);
    assert.equal((await session.downloadFile("abc")).status, Status.FileInvalidName);
  });

  test("[LP-BLK-1] a client that gives itself up is closed, and does not come back", async () => {
    const product = await seeds.newApplication();
    const session = await initialized(product);
    const ending = new Promise<Ending>((resolve) => session.on("shutdown", resolve));
    assert.equal(await session.blacklist("a debugger was attached"), Status.Ok);
    assert.deepEqual(await ending, { closeCode: 4203, reason: "session was blacklisted" });
    await session.connect();
    const again = await session.initialize(product.websocketApiKey, "client-1");
    assert.equal(again.status, Status.ClientIdBlacklisted);
    await session.shutdown();
  });
}
