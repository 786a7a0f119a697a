import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ask,
  EventFeed,
  ManagementPeer,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

onEachDatabase("streams of the management door", (newDatabase) => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function newKey(applicationId: string) {
    const { key, managementKey } = await must(server.console, "createManagementKey", {
      name: "follower",
      scopes: ["sessions:read", "licenses:read"],
      applicationIds: [applicationId],
    });
    return { id: managementKey.id, headers: { authorization: `Bearer ${key}` } };
  }

  test("[MG-STREAM-1] an answer is followed, and the stream ends with the key that opened it", async () => {
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    const { id: keyId, headers } = await newKey(product.id);
    const path = `/manage/v1/applications/${product.id}/licenses/${license}`;
    await using feed = await EventFeed.open(server.url, path, headers);
    const stateOf = async () => {
      const next = await feed.next();
      return (next?.data["license"] as { state: string } | undefined)?.state ?? next?.event;
    };
    assert.equal(await stateOf(), "available");
    await must(server.console, "pauseLicense", { license, applicationId: product.id });
    assert.equal(await stateOf(), "paused");
    await must(server.console, "revokeManagementKey", { keyId });
    assert.equal(await stateOf(), "end");
    assert.equal(await feed.next(), undefined);
  });

  test("[MG-STREAM-2] sessions are seen to come, to be authorized and to go", async () => {
    const product = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    const { headers } = await newKey(product.id);
    await using feed = await EventFeed.open(
      server.url,
      `/manage/v1/sessions/stream?applicationId=${product.id}`,
      headers,
    );
    const peer = await openLive(server, product, "device-of-the-feed");
    const came = await feed.next();
    assert.equal(came?.event, "came");
    assert.equal(came.data["clientId"], "device-of-the-feed");
    await ask(peer, packet.authorizeByLicense, { license });
    const changed = await feed.next();
    assert.equal(changed?.event, "changed");
    assert.ok(changed.data["licenseId"]);
    await must(server.console, "endSession", { sessionId: String(came.data["id"]) });
    assert.deepEqual(await feed.next(), { event: "gone", data: { id: came.data["id"] } });
  });

  test("[MG-AUTH-3] a key follows nothing of another application", async () => {
    const mine = await newApplication(server.console);
    const other = await newApplication(server.console);
    const { headers } = await newKey(mine.id);
    const peer = new ManagementPeer(server.url, headers);
    const refused = await peer.send("GET", `/manage/v1/sessions/stream?applicationId=${other.id}`);
    assert.equal(refused.status, 403);
  });
});
