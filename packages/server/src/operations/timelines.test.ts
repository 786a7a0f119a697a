import assert from "node:assert/strict";
import { test } from "node:test";
import { must, newApplication, onEachDatabase, openLive, packet, startTestServer } from "@latchkey/testkit";

onEachDatabase("timelines", (newDatabase) => {
  test("[MG-LIST-9] a license's timeline is what was done to it and who uses it now, and outlives it", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { console } = server;
    const product = await newApplication(console);
    const other = await newApplication(console);
    const { licenses } = await must(console, "createLicenses", { applicationId: product.id, count: 1 });
    const { id, license: key } = licenses[0]!;
    await must(console, "createLicenses", { applicationId: product.id, count: 1 });
    await using peer = await openLive(server, product, "client-one");
    assert.equal((await peer.request(packet.authorizeByLicense, { license: key }))["status"], 1);
    await must(console, "pauseLicense", { license: id });
    await must(console, "unpauseLicense", { license: id });
    const input = { applicationId: product.id, license: key };
    const paused = await must(console, "showLicenseTimeline", input);
    const actions = paused.entries.map(({ action }) => action);
    assert.deepEqual(actions.slice(0, 2), ["unpauseLicense", "pauseLicense"]);
    assert.equal(actions.at(-1), "createLicenses");
    assert.deepEqual(paused.sessions, []);
    assert.equal((await peer.request(packet.authorizeByLicense, { license: key }))["status"], 1);
    const used = await must(console, "showLicenseTimeline", { ...input, limit: 1 });
    assert.deepEqual(
      used.sessions.map(({ clientId }) => clientId),
      ["client-one"],
    );
    const next = await must(console, "showLicenseTimeline", { ...input, limit: 1, cursor: used.nextCursor! });
    assert.deepEqual(next.sessions, []);
    assert.notDeepEqual(next.entries, used.entries);

    await must(console, "deleteLicense", { license: id });
    const gone = await must(console, "showLicenseTimeline", { applicationId: product.id, license: id });
    assert.equal(gone.entries[0]?.action, "deleteLicense");
    const foreign = await console.call("showLicenseTimeline", { applicationId: other.id, license: id });
    assert.deepEqual(foreign, { ok: false, refusal: "licenseNotFound" });
  });

  test("[MG-LIST-9] and so is an account's", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { console } = server;
    const { id: applicationId } = await newApplication(console);
    const credentials = { credentialsType: 0, identity: "alice", password: "correct horse" } as const;
    const { account } = await must(console, "addAccount", { applicationId, ...credentials });
    await must(console, "disableAccount", { accountId: account.id });
    const { entries } = await must(console, "showAccountTimeline", { applicationId, accountId: account.id });
    assert.deepEqual(
      entries.map(({ action }) => action),
      ["disableAccount", "addAccount"],
    );
    const nobody = await console.call("showAccountTimeline", { applicationId, accountId: "nobody" });
    assert.deepEqual(nobody, { ok: false, refusal: "accountNotFound" });
  });
});
