import assert from "node:assert/strict";
import { test } from "node:test";
import type { InputOf } from "@latchkey/protocol";
import { systemClock } from "@latchkey/server";
import {
  eventually,
  isSignedBy,
  ManualClock,
  must,
  newApplication,
  newLicense,
  type Product,
  onEachDatabase,
  startTestServer,
  startWebhookReceiver,
  type TestServer,
  type WebhookReceiver,
} from "@latchkey/testkit";

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const webhookAllowedNetworks = "127.0.0.0/8";

type LicenseChange = "pauseLicense" | "unpauseLicense" | "deleteLicense";

onEachDatabase("webhooks", (newDatabase) => {
  /** The independent implementation has no other clock than the machine's. */
  const open = async (clock = new ManualClock(systemClock.now())) => {
    const server = await startTestServer({ clock, settings: { ...(await newDatabase()), webhookAllowedNetworks } });
    return { server, clock };
  };

  async function newHook(server: TestServer, { url }: WebhookReceiver, given: Partial<InputOf<"createWebhook">> = {}) {
    const product = await newApplication(server.console);
    const made = await must(server.console, "createWebhook", { applicationId: product.id, url, ...given });
    const named = { applicationId: product.id, webhookId: made.webhook.id };
    return {
      product,
      named,
      secret: made.secret,
      list: async () => (await must(server.console, "listWebhookDeliveries", named)).deliveries,
      show: async () => (await must(server.console, "showWebhook", named)).webhook,
    };
  }

  const change = (server: TestServer, { id: applicationId }: Product, license: string, name: LicenseChange) =>
    must(server.console, name, { applicationId, license });
  const toBeReceived = (receiver: WebhookReceiver, count: number) =>
    eventually(`${count} messages`, async () => receiver.received.length >= count);
  const typesAt = ({ received }: WebhookReceiver) => received.map(({ body }) => body.type);

  test("[MG-HOOK-1] [MG-HOOK-2] what happens is told in its order, signed, with an id of its own and without secrets", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    const { product, named, secret } = await newHook(server, receiver);
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    const key = await newLicense(server.console, product, { levels: ["pro"] });
    await change(server, product, key, "pauseLicense");
    await change(server, product, key, "unpauseLicense");
    await must(server.console, "setVariable", {
      ...{ applicationId: product.id, name: "motd", content: "for the authorized", public: false },
    });
    await toBeReceived(receiver, 4);
    const types = ["license.created", "license.paused", "license.unpaused", "variable.updated"];
    assert.deepEqual(typesAt(receiver), types);
    const positions = receiver.received.map(({ body }) => Number(body.data["position"]));
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 4);
    for (const message of receiver.received) {
      assert.ok(isSignedBy(secret, message));
      assert.ok(!isSignedBy(`whsec_${Buffer.alloc(32).toString("base64")}`, message));
      assert.ok(!isSignedBy(secret, { ...message, text: `${message.text} ` }));
      assert.equal(message.headers["content-type"], "application/json");
      assert.equal(message.body.timestamp, new Date(clock.now()).toISOString());
      assert.equal(message.body.data["applicationId"], product.id);
      for (const hidden of [secret, key, "for the authorized"]) assert.ok(!message.text.includes(hidden));
    }
    const { data } = receiver.received[1]!.body;
    assert.deepEqual([data["by"], data["after"]], [{ kind: "console" }, { state: "paused", pausedAt: clock.now() }]);
    const rows = await server.db.selectFrom("webhook").selectAll().where("id", "=", named.webhookId).execute();
    assert.ok(!JSON.stringify(rows).includes(secret.slice(6)));
  });

  test("[MG-HOOK-1] a webhook is told of its application and its types only, from when it was made", async () => {
    const { server } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    const other = await newApplication(server.console);
    await newLicense(server.console, other);
    const { product } = await newHook(server, receiver, { eventTypes: ["license.paused", "license.deleted"] });
    await newLicense(server.console, other);
    const key = await newLicense(server.console, product);
    await change(server, product, key, "pauseLicense");
    await change(server, product, key, "unpauseLicense");
    await change(server, product, key, "deleteLicense");
    await toBeReceived(receiver, 2);
    assert.deepEqual(typesAt(receiver), ["license.paused", "license.deleted"]);
  });

  test("[MG-HOOK-3] after a rotation both secrets sign for a day, then the new one alone", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    const { named, secret: old, show } = await newHook(server, receiver);
    const { secret } = await must(server.console, "rotateWebhookSecret", named);
    assert.deepEqual(await must(server.console, "revealWebhookSecret", named), { secret });
    assert.equal((await show()).previousSecretUntil, clock.now() + dayMs);
    await must(server.console, "testWebhook", named);
    await toBeReceived(receiver, 1);
    const [first] = receiver.received;
    assert.deepEqual([isSignedBy(old, first!), isSignedBy(secret, first!)], [true, true]);
    await clock.leap(dayMs);
    await must(server.console, "testWebhook", named);
    await toBeReceived(receiver, 2);
    assert.equal(String(receiver.received[1]!.headers["webhook-signature"]).split(" ").length, 1);
    assert.equal((await show()).previousSecretUntil, undefined);
  });

  test("[MG-HOOK-5] what fails is tried ten times with growing pauses under one id, then it has failed, and can be replayed", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    receiver.answer = (response) => response.writeHead(500).end("not now");
    const { product, named, list } = await newHook(server, receiver);
    await newLicense(server.console, product);
    await toBeReceived(receiver, 1);
    const pauses = [5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs];
    for (const [index, pauseMs] of [...pauses, 14 * hourMs, 20 * hourMs, 24 * hourMs].entries()) {
      let wait = 0;
      await eventually(`attempt ${index + 1} to be written`, async () => {
        const [delivery] = await list();
        wait = (delivery?.dueAt ?? 0) - clock.now();
        return delivery?.lastError === "the answer was 500" && delivery.attempts === index + 1 && wait > 0;
      });
      assert.ok(wait >= pauseMs && wait <= pauseMs * 1.1, `${wait} after ${pauseMs}`);
      await clock.leap(wait - 1);
      assert.equal(receiver.received.length, index + 1);
      await clock.leap(secondMs);
      await toBeReceived(receiver, index + 2);
    }
    await eventually("the end", async () => (await list())[0]?.state === "failed");
    assert.equal(receiver.received.length, 10);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 1);
    const [{ id: deliveryId } = { id: "" }] = await list();
    const { attempts, body } = await must(server.console, "showWebhookDelivery", { ...named, deliveryId });
    assert.equal(body, receiver.received[0]!.text);
    const numbers = attempts.map(({ number, status, answer, error }) => [number, status, answer, error]);
    assert.deepEqual(numbers.at(-1), [10, 500, "not now", "the answer was 500"]);
    assert.equal(numbers.length, 10);

    receiver.answer = (response) => response.end();
    await must(server.console, "replayWebhookDelivery", { ...named, deliveryId });
    await eventually("the replay to arrive", async () => (await list())[0]?.state === "delivered");
    assert.equal(receiver.received.length, 11);
    assert.equal(receiver.received[10]!.headers["webhook-id"], deliveryId);
  });

  test("[MG-HOOK-5] a redirect fails, an answer that does not come within 15 seconds fails, and both say so", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    receiver.answer = (response) => response.writeHead(308, { location: receiver.url }).end();
    const { named, list } = await newHook(server, receiver);
    await must(server.console, "testWebhook", named);
    const lastError = async () => (await list())[0]?.lastError ?? "";
    await eventually("the redirect", async () => /308: redirects are not followed/.test(await lastError()));
    receiver.answer = () => undefined;
    await must(server.console, "testWebhook", named);
    await toBeReceived(receiver, 2);
    await clock.leap(15 * secondMs);
    await eventually("the limit", async () => (await lastError()) === "no answer within 15 seconds");
  });

  test("[MG-HOOK-6] one that hangs holds up no other, and gets one message at a time", async () => {
    const { server } = await open();
    await using _ = server;
    await using slow = await startWebhookReceiver();
    await using quick = await startWebhookReceiver();
    slow.answer = () => undefined;
    const { product } = await newHook(server, slow);
    await must(server.console, "createWebhook", { applicationId: product.id, url: quick.url });
    for (let count = 0; count < 10; count++) await newLicense(server.console, product);
    await toBeReceived(quick, 10);
    assert.equal(slow.received.length, 1);
  });

  test("[MG-HOOK-7] 410 disables a webhook, five days of failures do, and the audit log has it; enabled it goes on", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    receiver.answer = (response) => response.writeHead(410).end();
    const { product, named, list, show } = await newHook(server, receiver);
    await must(server.console, "testWebhook", named);
    await eventually("410 to be understood", async () => (await show()).disabledBecause === "gone");
    assert.equal((await list())[0]?.state, "failed");
    const actions = async () => {
      const rows = await server.db.selectFrom("auditEntry").selectAll().where("recordKind", "=", "webhook").execute();
      return rows.map(({ action, actorKind }) => `${actorKind} ${action}`);
    };
    assert.deepEqual(await actions(), ["console createWebhook", "console testWebhook", "system disableWebhook"]);
    const refused = await server.console.call("testWebhook", named);
    assert.deepEqual(refused, { ok: false, refusal: "webhookDisabled" });
    await newLicense(server.console, product);
    const unsealed = () => server.db.selectFrom("auditEntry").select("serial").where("position", "is", null).execute();
    await eventually("the license to have its place", async () => (await unsealed()).length === 0);

    receiver.answer = (response) => response.writeHead(503).end();
    await must(server.console, "updateWebhook", { ...named, state: "enabled" });
    await must(server.console, "testWebhook", named);
    await eventually("a failure", async () => (await show()).firstFailedAt === clock.now());
    await clock.leap(5 * dayMs);
    await eventually("it to be disabled", async () => (await show()).disabledBecause === "failing");
    // What happened while it was disabled it was not told.
    assert.deepEqual(new Set(typesAt(receiver)), new Set(["webhook.test"]));
    assert.equal((await actions()).at(-1), "system disableWebhook");
  });

  test("[MG-HOOK-7] what waits for a disabled webhook is sent when it is enabled again", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    receiver.answer = (response) => response.writeHead(500).end();
    const { named, list } = await newHook(server, receiver);
    await must(server.console, "testWebhook", named);
    await eventually("a failure", async () => (await list())[0]?.lastStatus === 500);
    await must(server.console, "updateWebhook", { ...named, state: "disabled" });
    receiver.answer = (response) => response.end();
    await clock.leap(hourMs);
    assert.equal(receiver.received.length, 1);
    await must(server.console, "updateWebhook", { ...named, state: "enabled" });
    await toBeReceived(receiver, 2);
  });

  test("[MG-HOOK-8] deliveries are listed by state and type, page by page, and all that failed are replayed at once", async () => {
    const { server, clock } = await open();
    await using _ = server;
    await using receiver = await startWebhookReceiver();
    const { product, named, list } = await newHook(server, receiver);
    receiver.answer = (response) => response.writeHead(400).end();
    const key = await newLicense(server.console, product);
    await change(server, product, key, "pauseLicense");
    await toBeReceived(receiver, 2);
    for (let hours = 0; hours < 100; hours++) {
      await clock.leap(hourMs);
      await eventually("attempts to end", async () =>
        (await list()).every(({ dueAt = Infinity }) => dueAt > clock.now()),
      );
    }
    await eventually("the end", async () => (await list()).every(({ state }) => state === "failed"));
    receiver.answer = (response) => response.end();
    await must(server.console, "testWebhook", named);
    await toBeReceived(receiver, 21);
    await eventually("the test", async () => (await list())[0]?.state === "delivered");
    const find = async (filter: Partial<InputOf<"listWebhookDeliveries">>) =>
      must(server.console, "listWebhookDeliveries", { ...named, ...filter });
    const types = async (filter: Partial<InputOf<"listWebhookDeliveries">>) =>
      (await find(filter)).deliveries.map(({ type }) => type);
    assert.deepEqual(await types({}), ["webhook.test", "license.paused", "license.created"]);
    assert.deepEqual(await types({ state: "failed" }), ["license.paused", "license.created"]);
    assert.deepEqual(await types({ type: "license.created" }), ["license.created"]);
    const { nextCursor = "", deliveries } = await find({ limit: 2 });
    assert.equal(deliveries.length, 2);
    assert.deepEqual(await types({ cursor: nextCursor }), ["license.created"]);

    const replay = (since: number) => must(server.console, "replayFailedDeliveries", { ...named, since });
    assert.deepEqual(await replay(clock.now()), { replayed: 0 });
    assert.deepEqual(await replay(0), { replayed: 2 });
    await eventually("all to arrive", async () => (await list()).every(({ state }) => state === "delivered"));
    await clock.leap(31 * dayMs);
    await eventually("old deliveries to be dropped", async () => (await list()).length === 0);
  });

  test("[MG-HOOK-9] a name that leads to this machine is refused at the connection unless its network is named", async () => {
    await using receiver = await startWebhookReceiver();
    const { port } = new URL(receiver.url);
    await using server = await startTestServer({ settings: { ...(await newDatabase()) } });
    const { id: applicationId } = await newApplication(server.console);
    for (const url of [receiver.url, `https://127.0.0.1:${port}/`, "https://user@example.com/"]) {
      const refused = await server.console.call("createWebhook", { applicationId, url });
      assert.deepEqual(refused, { ok: false, refusal: "webhookUrlInvalid" });
    }
    const url = `https://localhost:${port}/`;
    const { webhook } = await must(server.console, "createWebhook", { applicationId, url });
    const named = { applicationId, webhookId: webhook.id };
    const { delivery } = await must(server.console, "testWebhook", named);
    await eventually("the refusal", async () => {
      const shown = await must(server.console, "showWebhookDelivery", { ...named, deliveryId: delivery.id });
      return /may not be sent to .*(127\.0\.0\.1|::1).* over https/.test(shown.delivery.lastError ?? "");
    });
    assert.equal(receiver.received.length, 0);
  });
});
