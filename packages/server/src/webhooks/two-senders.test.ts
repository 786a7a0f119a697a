import assert from "node:assert/strict";
import { test } from "node:test";
import {
  eventually,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  startTestServer,
  startWebhookReceiver,
} from "@latchkey/testkit";
import { settleRestored } from "#storage/settle-restored.ts";

const webhookAllowedNetworks = "127.0.0.1";

onEachDatabase("webhooks of several senders", (newDatabase, kind) => {
  test(
    "[MG-HOOK-4] of two servers each message is sent once, and in its order",
    { skip: kind === "SQLite" && "one server per data directory" },
    async () => {
      const clock = new ManualClock();
      const settings = { ...(await newDatabase()), webhookAllowedNetworks };
      await using receiver = await startWebhookReceiver();
      await using one = await startTestServer({ clock, settings });
      await using other = await startTestServer({ clock, settings });
      const product = await newApplication(one.console);
      await must(one.console, "createWebhook", { applicationId: product.id, url: receiver.url });
      const count = 40;
      for (let made = 0; made < count; made++) await newLicense([one, other][made % 2]!.console, product);
      await eventually("all messages", async () => {
        await clock.advance(1_000);
        const waiting = await one.db
          .selectFrom("webhookDelivery")
          .select("id")
          .where("state", "=", "pending")
          .execute();
        return receiver.received.length >= count && waiting.length === 0;
      });
      const positions = receiver.received.map(({ body }) => Number(body.data["position"]));
      assert.equal(positions.length, count);
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
      );
    },
  );

  test("[MG-HOOK-4] what a server has begun to send and does not end is sent by another, under the same id", async () => {
    const clock = new ManualClock();
    const database = await newDatabase();
    await using receiver = await startWebhookReceiver();
    receiver.answer = () => undefined;
    const hung = await startTestServer({ clock, settings: { ...database, webhookAllowedNetworks } });
    await using _ = hung;
    const product = await newApplication(hung.console);
    const { webhook } = await must(hung.console, "createWebhook", { applicationId: product.id, url: receiver.url });
    await must(hung.console, "testWebhook", { applicationId: product.id, webhookId: webhook.id });
    await eventually("the first attempt", async () => receiver.received.length === 1);
    // As a process leaves it that was killed: claimed, and nobody is at it.
    const claimed = await hung.db.selectFrom("webhook").select("claimedUntil").executeTakeFirstOrThrow();
    assert.equal(claimed.claimedUntil, clock.now() + 20_000);
    await hung.db.updateTable("webhook").set({ claimedUntil: clock.now() }).execute();
    receiver.answer = (response) => response.end();
    await clock.leap(1_000);
    await eventually("the second", async () => receiver.received.length === 2);
    const [first, second] = receiver.received;
    assert.equal(first!.headers["webhook-id"], second!.headers["webhook-id"]);
    await eventually("its end", async () => {
      const row = await hung.db.selectFrom("webhookDelivery").selectAll().executeTakeFirstOrThrow();
      return row.state === "delivered";
    });
    // The hanging attempt fails later, and changes nothing any more.
    await clock.leap(15_000);
    await eventually("the first to be given up", async () => {
      const rows = await hung.db.selectFrom("webhookAttempt").selectAll().orderBy("number").execute();
      return rows.length === 2 && /15 seconds/.test(rows[0]?.error ?? "");
    });
    const { state } = await hung.db.selectFrom("webhookDelivery").select("state").executeTakeFirstOrThrow();
    assert.equal(state, "delivered");
  });

  test("[MG-BACKUP-4] what waits to be told is left to the server that a backup was made of, unless that has ended", async () => {
    const clock = new ManualClock();
    const database = await newDatabase();
    await using receiver = await startWebhookReceiver();
    receiver.answer = () => undefined;
    await using server = await startTestServer({ clock, settings: { ...database, webhookAllowedNetworks } });
    const product = await newApplication(server.console);
    await must(server.console, "createWebhook", { applicationId: product.id, url: receiver.url });
    await newLicense(server.console, product);
    await eventually("the first attempt", async () => receiver.received.length === 1);
    const waiting = () => server.db.selectFrom("webhookDelivery").select("id").where("state", "=", "pending").execute();
    const settle = (takesOver: boolean) => server.db.transaction().execute((tx) => settleRestored(tx, takesOver));
    await settle(true);
    assert.equal((await waiting()).length, 1);
    await settle(false);
    assert.deepEqual(await waiting(), []);
    const { position } = await server.db.selectFrom("auditHead").select("position").executeTakeFirstOrThrow();
    assert.deepEqual(await server.db.selectFrom("webhookCursor").select("position").execute(), [{ position }]);
  });
});
