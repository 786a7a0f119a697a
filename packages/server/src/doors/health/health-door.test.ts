import assert from "node:assert/strict";
import { test } from "node:test";
import {
  eventually,
  ManualClock,
  onEachDatabase,
  startTestServer,
  type TestServer,
  withoutTable,
} from "@latchkey/testkit";

interface Said {
  readonly status: number;
  readonly said: unknown;
}

async function ask({ url }: Pick<TestServer, "url">, path: string, init: RequestInit = {}): Promise<Said> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  return { status: response.status, said: text === "" ? undefined : JSON.parse(text) };
}

const allOk = { serving: "ok", database: "ok", schema: "ok", changeLog: "ok", lease: "ok" };

onEachDatabase("health", (newDatabase) => {
  test("[MG-HEALTH-1] a process that answers is alive, whatever has become of its database", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    assert.deepEqual(await ask(server, "/healthz"), { status: 200, said: { status: "alive" } });
    await server.db.schema.alterTable("kysely_migration").renameTo("elsewhere").execute();
    assert.equal((await ask(server, "/healthz")).status, 200);
    assert.equal((await ask(server, "/healthz", { method: "POST" })).status, 405);
    await server.db.schema.alterTable("elsewhere").renameTo("kysely_migration").execute();
  });

  test("[MG-HEALTH-2] a server is ready when each check is ok", async () => {
    await using server = await startTestServer({ settings: await newDatabase() });
    assert.deepEqual(await ask(server, "/readyz"), { status: 200, said: { status: "ready", checks: allOk } });
  });

  test("[MG-HEALTH-2] [MG-HEALTH-3] an unusable database is noticed within a second, and asked once however many ask", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    assert.equal((await ask(server, "/readyz")).status, 200);
    await server.db.schema.alterTable("kysely_migration").renameTo("elsewhere").execute();
    assert.equal((await ask(server, "/readyz")).status, 200, "what was found is remembered");
    await clock.advance(1_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(server, "/readyz")));
    for (const { status, said } of answers) {
      assert.equal(status, 503);
      assert.deepEqual(said, {
        status: "unavailable",
        checks: { ...allOk, database: "failed", schema: "failed" },
      });
    }
    const complaints = server.logged.filter((line) => line.startsWith("the database does not answer"));
    assert.equal(complaints.length, 1);
    await server.db.schema.alterTable("elsewhere").renameTo("kysely_migration").execute();
    await clock.advance(1_000);
    assert.equal((await ask(server, "/readyz")).status, 200);
  });

  test("[MG-HEALTH-2] a schema of a later release is not this one's", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    const migrations = server.db
      .withoutPlugins()
      .$extendTables<{ kysely_migration: { name: string; timestamp: string } }>();
    await migrations.insertInto("kysely_migration").values({ name: "9999-future", timestamp: "" }).execute();
    const { status, said } = await ask(server, "/readyz");
    assert.equal(status, 503);
    assert.deepEqual(said, { status: "unavailable", checks: { ...allOk, schema: "failed" } });
  });

  test("[MG-HEALTH-2] a process that slept through its lease is not ready until it has asked", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    // Nothing is rung yet, as with a process that has just been woken.
    const { said } = await asIfAsleep(clock, () => ask(server, "/readyz"));
    assert.partialDeepStrictEqual(said, { status: "unavailable", checks: { lease: "failed" } });
    await clock.leap(0);
    await eventually("the lease is held again", async () => (await ask(server, "/readyz")).status === 200);
  });

  test("[MG-HEALTH-2] a change log that cannot be followed is noticed", async () => {
    const clock = new ManualClock();
    await using server = await startTestServer({ clock, settings: await newDatabase() });
    await withoutTable(server, "change", async () => {
      await clock.advance(10_000);
      assert.deepEqual(await ask(server, "/readyz"), {
        status: 503,
        said: { status: "unavailable", checks: { ...allOk, changeLog: "failed" } },
      });
    });
    await clock.advance(1_000);
    await eventually("it is followed again", async () => (await ask(server, "/readyz")).status === 200);
  });

  test("[MG-HEALTH-4] a server that is to stop says so first, and serves everybody meanwhile", async () => {
    const clock = new ManualClock();
    const server = await startTestServer({ clock, settings: { ...(await newDatabase()), shutdownDelay: "5s" } });
    const stopped = server[Symbol.asyncDispose]();
    await eventually("it is not ready any more", async () => (await ask(server, "/readyz")).status === 503);
    assert.deepEqual(await ask(server, "/readyz"), {
      status: 503,
      said: { status: "unavailable", checks: { ...allOk, serving: "failed" } },
    });
    assert.equal((await ask(server, "/live")).status, 200);
    await clock.advance(5_000);
    await stopped;
    await assert.rejects(ask(server, "/readyz"));
  });
});

/** Moves the clock on past every lease without ringing anything. */
async function asIfAsleep<T>(clock: ManualClock, look: () => Promise<T>): Promise<T> {
  const now = clock.now.bind(clock);
  clock.now = () => now() + 60_000;
  try {
    return await look();
  } finally {
    clock.now = now;
  }
}
