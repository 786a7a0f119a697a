import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { OutputOf } from "@latchkey/protocol";
import {
  ask,
  eventually,
  ManualClock,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import type { ApplicationId, NodeId } from "#storage/tables.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The clock of a test stands at the beginning of a day. */
const start = Date.UTC(2030, 0, 1);

type Shown = OutputOf<"showApplicationMetrics">;

function show({ console }: TestServer, { id }: Product, range: object = {}): Promise<Shown> {
  return must(console, "showApplicationMetrics", { applicationId: id, ...range });
}

async function newDirectory(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writing is begun by the clock, and takes the database's time. */
async function comesToShow(
  server: TestServer,
  product: Product,
  range: object,
  expected: Record<string, Record<number, number>>,
): Promise<void> {
  const look = async () => valuesOf(await show(server, product, range));
  await eventually("it is written", async () => isDeepStrictEqual(await look(), expected)).catch(async () => {
    assert.deepEqual(await look(), expected);
  });
}

/** The values that are not 0, by name and by their place in the series. */
function valuesOf({ series }: Shown): Record<string, Record<number, number>> {
  return Object.fromEntries(
    series.map(({ name, values }) => [
      name,
      Object.fromEntries(Object.entries(values).filter(([, value]) => value > 0)),
    ]),
  );
}

onEachDatabase("metrics of an application", (newDatabase, kind) => {
  test("[MG-METRIC-4] what clients do is counted by minute, for their application alone", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    const license = await newLicense(server.console, product);
    const peer = await openLive(server, product);
    await ask(peer, packet.authorizeByLicense, { license: "of nobody" });
    await ask(peer, packet.authorizeByLicense, { license });
    await clock.advance(minute);
    await ask(peer, packet.logout);
    await clock.advance(minute);
    const range = { from: start, to: start + 5 * minute };
    await comesToShow(server, product, range, {
      authorizations: { 0: 1 },
      logouts: { 1: 1 },
      online: { 0: 1 },
      operations: { 0: 2, 1: 1 },
      "refused:licenseNotFound": { 0: 1 },
    });
    const shown = await show(server, product, range);
    assert.deepEqual([shown.from, shown.step], [start, minute]);
    assert.deepEqual((await show(server, other)).series, []);
  });

  test("[MG-METRIC-4] what was counted last is written when the server stops, and nobody is online twice", async () => {
    const clock = new ManualClock();
    await using data = await newDirectory();
    const settings = { ...(await newDatabase()), data: data.path };
    const stopping = await startTestServer({ clock, settings });
    const product = await newApplication(stopping.console);
    const license = await newLicense(stopping.console, product);
    const peer = await openLive(stopping, product);
    await ask(peer, packet.authorizeByLicense, { license });
    await clock.advance(minute / 2);
    await ask(peer, packet.ping);
    await stopping[Symbol.asyncDispose]();
    await using server = await startTestServer({ clock, settings });
    const shown = await show(server, product, { from: start, to: start + minute });
    assert.deepEqual(valuesOf(shown), { authorizations: { 0: 1 }, online: { 0: 1 }, operations: { 0: 2 } });
  });

  test("[MG-METRIC-4] two servers add up", async (t) => {
    if (kind === "SQLite") {
      t.skip("a data directory has one server");
      return;
    }
    const clock = new ManualClock();
    const settings = await newDatabase();
    await using here = await startTestServer({ clock, settings });
    await using there = await startTestServer({ clock, settings });
    const product = await newApplication(here.console);
    for (const server of [here, there]) {
      const peer = await openLive(server, product);
      await ask(peer, packet.authorizeByLicense, { license: await newLicense(here.console, product) });
    }
    await clock.advance(minute);
    await comesToShow(
      here,
      product,
      { from: start, to: start + minute },
      { authorizations: { 0: 2 }, online: { 0: 2 }, operations: { 0: 2 } },
    );
  });

  test("[MG-METRIC-4] what cannot be written is written later", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const product = await newApplication(server.console);
    const peer = await openLive(server, product);
    await server.db.schema.alterTable("measure").renameTo("elsewhere").execute();
    await ask(peer, packet.getOnlineUsersCount);
    await clock.advance(minute);
    await eventually("the failure", async () => server.logged.some((line) => line.startsWith("measures not written")));
    await server.db.schema.alterTable("elsewhere").renameTo("measure").execute();
    await clock.advance(minute);
    await comesToShow(server, product, { from: start, to: start + minute }, { operations: { 0: 1 } });
  });

  test("[MG-METRIC-4] an application that is deleted meanwhile keeps no other's measures from being written", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const [kept, gone] = [await newApplication(server.console), await newApplication(server.console)];
    for (const product of [kept, gone]) await ask(await openLive(server, product), packet.getOnlineUsersCount);
    await must(server.console, "deleteApplication", { applicationId: gone.id });
    await clock.advance(minute);
    await comesToShow(server, kept, { from: start, to: start + minute }, { operations: { 0: 1 } });
    const rows = await server.db.selectFrom("measure").select("applicationId").execute();
    assert.deepEqual(rows, [{ applicationId: kept.id }]);
  });

  test("[MG-METRIC-5] after two days minutes become hours: sums, and the most that were online", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const product = await newApplication(server.console);
    const row = { applicationId: product.id as ApplicationId, span: "minute" } as const;
    const at = start - 50 * hour;
    await server.db
      .insertInto("measure")
      .values([
        { ...row, startsAt: at, name: "logins", count: 2 },
        { ...row, startsAt: at + 59 * minute, name: "logins", count: 3 },
        { ...row, startsAt: at, name: "online", count: 7 },
        { ...row, startsAt: at + 5 * minute, name: "online", count: 4 },
        { ...row, startsAt: at + hour, name: "logins", count: 1 },
        { ...row, startsAt: start - 48 * hour, name: "logins", count: 1 },
        { ...row, span: "hour", startsAt: at, name: "online", count: 5 },
        { ...row, span: "hour", startsAt: start - 401 * day, name: "logins", count: 9 },
      ])
      .execute();
    const before = await show(server, product, { from: at, to: start });
    await clock.advance(3 * minute);
    const rolledUp = [
      { span: "hour", startsAt: at, name: "logins", count: 5 },
      { span: "hour", startsAt: at, name: "online", count: 7 },
      { span: "hour", startsAt: at + hour, name: "logins", count: 1 },
      { span: "minute", startsAt: start - 48 * hour, name: "logins", count: 1 },
    ];
    await eventually("an hour is rolled up at each of the upkeeps", async () => {
      const rows = await server.db
        .selectFrom("measure")
        .select(["span", "startsAt", "name", "count"])
        .orderBy("startsAt")
        .orderBy("name")
        .execute();
      return isDeepStrictEqual(rows, rolledUp);
    });
    assert.deepEqual(before.step, hour);
    assert.deepEqual(valuesOf(before), { logins: { 0: 5, 1: 1, 2: 1 }, online: { 0: 7 } });
    assert.deepEqual(valuesOf(await show(server, product, { from: at, to: start })), valuesOf(before));
  });

  test("[MG-METRIC-6] a series has no more than 500 points, whatever is asked for", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const product = await newApplication(server.console);
    await server.db
      .insertInto("measure")
      .values({
        applicationId: product.id as ApplicationId,
        span: "hour",
        startsAt: start - 2 * hour,
        name: "logins",
        count: 1,
      })
      .execute();
    const asked = [
      { range: {}, step: 5 * minute, points: 288 },
      { range: { from: start - hour }, step: minute, points: 60 },
      { range: { from: start - hour, step: 20 * minute }, step: hour, points: 1 },
      { range: { from: 0 }, step: day, points: 400 },
      { range: { from: 0, to: Number.MAX_SAFE_INTEGER, step: 1 }, step: day, points: 401 },
      { range: { from: start, to: start - day }, step: minute, points: 1 },
      { range: { from: start - day, step: Number.MAX_SAFE_INTEGER }, step: day, points: 1 },
    ];
    for (const { range, step, points } of asked) {
      const shown = await show(server, product, range);
      const told = `${JSON.stringify(range)} is answered with ${JSON.stringify(shown)}`;
      assert.equal(shown.step, step, told);
      assert.equal(shown.from % step, 0, told);
      for (const { values } of shown.series) assert.equal(values.length, points, told);
    }
    const unknown = await server.console.call("showApplicationMetrics", { applicationId: "nobody's" });
    assert.deepEqual(unknown, { ok: false, refusal: "applicationNotFound" });
  });

  test("[MG-HEALTH-5] the health of the system is told with its nodes and queues, and what to look at", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const healthy = await must(server.console, "showSystemHealth", {});
    assert.equal(healthy.nodes.length, 1);
    assert.deepEqual(healthy.nodes[0], {
      id: healthy.nodes[0]!.id,
      startedAt: start,
      leaseUntil: start + 30_000,
      isSelf: true,
    });
    assert.equal(healthy.database.kind, kind === "SQLite" ? "sqlite" : "postgres");
    assert.ok(healthy.database.bytes > 0);
    assert.deepEqual(healthy.changeLog, { count: 0, oldestMs: 0 });
    assert.deepEqual(healthy.mailQueue, { count: 0, oldestMs: 0 });
    assert.deepEqual(healthy.passwordQueue, { running: 0, waiting: 0, refused: 0 });
    assert.deepEqual(
      healthy.warnings.filter((warning) => warning !== "diskAlmostFull"),
      [],
    );
    const lost = { leaseUntil: start - 1, startedAt: null };
    await server.db
      .insertInto("node")
      .values({ ...lost, id: "lost" as NodeId })
      .execute();
    await clock.advance(1_000);
    const shown = await must(server.console, "showSystemHealth", {});
    assert.equal(shown.uptimeMs, 1_000);
    assert.ok(shown.warnings.includes("nodeMissing"));
  });
});
