import assert from "node:assert/strict";
import { test } from "node:test";
import { must, newApplication, onEachDatabase, startTestServer } from "@latchkey/testkit";

onEachDatabase("blacklisted addresses", (newDatabase) => {
  test("an address is the same however it is spelled", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    const { id: applicationId } = await newApplication(server.console);
    const entry = (value: string) => ({ applicationId, kind: "address", value }) as const;
    await must(server.console, "addBlacklistEntry", entry("2001:0DB8:0::1"));
    await must(server.console, "addBlacklistEntry", entry("::ffff:192.0.2.1"));
    const { entries } = await must(server.console, "listBlacklist", { applicationId });
    assert.deepEqual(entries.map(({ value }) => value).toSorted(), ["192.0.2.1", "2001:db8::1"]);
    await must(server.console, "removeBlacklistEntry", entry("2001:db8:0:0::1"));
    await must(server.console, "removeBlacklistEntry", entry("192.0.2.1"));
  });
});
