import assert from "node:assert/strict";
import { test } from "node:test";
import { openConsole, readConfig, systemClock } from "@latchkey/server";
import { must, newApplication, onEachDatabase, RestPeer, startTestServer } from "@latchkey/testkit";

onEachDatabase("what is remembered of an application", (newDatabase) => {
  test("[US-ADMIN-2] a change by another process holds for the first call after its answer", async () => {
    const settings = await newDatabase();
    await using server = await startTestServer({ settings });
    const read = readConfig({ ...settings, data: server.dataDirectory });
    assert.ok("config" in read);
    const log = { info: () => undefined, error: () => undefined };
    await using beside = await openConsole(read.config, { clock: systemClock, log });

    const product = await newApplication(server.console);
    const applicationId = product.id;
    const rest = RestPeer.of(server, product);
    const origin = "https://app.example.com";
    const allowed = async () =>
      (await rest.request("GET", "/info", { headers: { origin } })).headers["access-control-allow-origin"];
    const codeNow = async () => (await rest.get("/info")).fields["code"];
    for (let round = 0; round < 10; round++) {
      assert.equal(await allowed(), "*");
      await must(beside, "updateApplication", { applicationId, settings: { allowedOrigins: [origin] } });
      assert.equal(await allowed(), origin);
      await must(beside, "pauseApplication", { applicationId });
      assert.equal(await codeNow(), 2002);
      await must(beside, "unpauseApplication", { applicationId });
      assert.equal(await codeNow(), undefined);
      await must(beside, "updateApplication", { applicationId, settings: { allowedOrigins: [] } });
    }
    await must(beside, "bindHost", { applicationId, host: "app.example.com" });
    const atHost = new RestPeer(server.url, "/api", { host: "app.example.com" });
    assert.equal((await atHost.get("/info")).fields["appId"], applicationId);
    await must(beside, "unbindHost", { applicationId, host: "app.example.com" });
    assert.equal((await atHost.get("/info")).fields["code"], 2002);
    const android = RestPeer.of(server, product, "ANDROID");
    assert.equal((await android.get("/info")).status, 200);
    await must(beside, "revokeApiKey", { applicationId, keyKind: "ANDROID" });
    assert.equal((await android.get("/info")).fields["code"], 2002);
    await must(beside, "rotateApplicationKeys", { applicationId });
    assert.equal(await codeNow(), 2002);
  });
});
