import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, ManualClock, must, newApplication, onEachDatabase } from "@latchkey/testkit";
import { startTestServer, type TestServer } from "@latchkey/testkit";
import type { OperationName, Scope } from "@latchkey/protocol";
import type { KyselyPlugin, RootOperationNode } from "kysely";
import { BulkRunner } from "#cluster/bulk-runner.ts";
import { type BulkLease, claimBulkJob } from "#storage/bulk-jobs.ts";
import { openDatabase } from "#storage/database.ts";
import { isDirect } from "#storage/dialects/direct.ts";
import type { Db } from "#storage/tables.ts";
import type { BulkJob } from "#storage/tables-bulk.ts";
import { OperationReport } from "#report/operation-report.ts";
import { Metrics } from "#report/metrics.ts";
import { Tally } from "#report/tally.ts";
import { runBulkBatch } from "#steps/run-bulk-batch.ts";
import { readConfig } from "./config.ts";
import type { Context, Resources } from "./context.ts";
import { Gate } from "./gate.ts";
import { handlers } from "./handlers.ts";
import { openConsole } from "./server.ts";

const log = { info: () => undefined, error: () => undefined };
const leaseMs = 30_000;
let leases = 0;

/** Fails at one statement, counted from 1, whichever way it is run; at 0 none fails. */
class FailingStatement implements KyselyPlugin {
  failAt = 0;
  count = 0;

  arm(failAt: number): void {
    this.failAt = failAt;
    this.count = 0;
  }

  watch(db: Db): Db {
    const dialect = db.getExecutor().adapter;
    if (isDirect(dialect)) {
      const run = dialect.runDirectly.bind(dialect);
      dialect.runDirectly = async (...statement) => {
        this.#step();
        return run(...statement);
      };
    }
    return db.withPlugin(this);
  }

  transformQuery({ node }: { node: RootOperationNode }): RootOperationNode {
    this.#step();
    return node;
  }

  transformResult<T>({ result }: { result: T }): Promise<T> {
    return Promise.resolve(result);
  }

  #step(): void {
    if (++this.count === this.failAt) throw new Error(`statement ${this.failAt} fails`);
  }
}

/** A database that no server runs on: jobs wait for whoever the test lets take them. */
async function openHouse(settings: Readonly<Record<string, string>>) {
  await using opened = new AsyncDisposableStack();
  const data = mkdtempSync(join(tmpdir(), "latchkey-bulk-"));
  opened.defer(() => rmSync(data, { recursive: true }));
  const read = readConfig({ data, ...settings });
  if ("problems" in read) throw new Error(read.problems.join());
  const { config } = read;
  const clock = new ManualClock();
  const console = opened.use(await openConsole(config, { clock, log }));
  const db = await openDatabase(config.database);
  opened.defer(() => db.destroy());
  const failing = new FailingStatement();
  // What a batch needs of a server.
  const context = {
    db: failing.watch(await openDatabase(config.database)),
    config,
    clock,
    changeLog: { wake: async () => undefined },
    auditSealer: { wake: () => undefined },
    bulkRunner: { wake: () => undefined },
    roster: { changesApplied: 0 },
    report: new OperationReport({ metrics: new Metrics(), tally: new Tally(), clock }),
  };
  opened.defer(() => context.db.destroy());
  const closing = opened.move();
  return {
    clock,
    console,
    db,
    failing,
    data,
    resources: context as unknown as Resources,
    async claim(): Promise<{ job: BulkJob; lease: BulkLease } | undefined> {
      const leaseId = `lease ${++leases}`;
      const job = await claimBulkJob(db, { leaseId, now: clock.now(), leaseUntil: clock.now() + leaseMs });
      return job && { job, lease: { id: job.id, leaseId } };
    },
    run: (batch: { job: BulkJob; lease: BulkLease }, stride: "many" | "one" | "skip" = "many") =>
      runBulkBatch({ ...context, now: clock.now() } as unknown as Context, {
        ...batch,
        stride,
        leaseUntil: clock.now() + leaseMs,
      }),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function snapshot(db: Db): Promise<unknown> {
  return [
    await db.selectFrom("license").selectAll().orderBy("id").execute(),
    await db.selectFrom("change").selectAll().orderBy("serial").execute(),
    await db.selectFrom("bulkJob").selectAll().execute(),
  ];
}

onEachDatabase("batches of bulk jobs", (newDatabase, kind) => {
  test("[MG-BULK-5] a batch that breaks at any of its statements has not happened, and comes right when it is tried again", async () => {
    await using house = await openHouse(await newDatabase());
    const { console, db, failing } = house;
    const { id: applicationId } = await newApplication(console);
    const count = 60;
    await must(console, "startBulkJob", { applicationId, kind: "createLicenses", create: { count } });
    await finish();
    await must(console, "startBulkJob", { applicationId, kind: "pauseLicenses", licenses: {} });
    const statements = await finish();
    assert.ok(statements > 50, "each of the statements has failed once");
    const changes = await db.selectFrom("change").selectAll().where("event", "=", "licensePaused").execute();
    assert.equal(new Set(changes.map(({ licenseId }) => licenseId)).size, count);
    assert.equal(changes.length, count);
    assert.equal((await db.selectFrom("license").select("id").execute()).length, count);
    const jobs = await db.selectFrom("bulkJob").selectAll().execute();
    assert.deepEqual(
      jobs.map(({ doneCount, failedCount }) => [doneCount, failedCount]),
      [
        [count, 0],
        [count, 0],
      ],
    );

    /** Runs the job to its end; each batch at first fails at every one of its statements. */
    async function finish(): Promise<number> {
      const claimed = await house.claim();
      assert.ok(claimed);
      let { job } = claimed;
      let failed = 0;
      while (job.finishedAt === null) {
        const before = await snapshot(db);
        for (let k = 1; ; k++) {
          failing.arm(k);
          const moved = await house.run({ ...claimed, job }).catch(() => undefined);
          failing.arm(0);
          if (moved) {
            job = moved;
            break;
          }
          failed++;
          assert.deepEqual(await snapshot(db), before, `statement ${k}`);
        }
      }
      return failed;
    }
  });

  test("[MG-BULK-5] another process goes on when the lease is over, and who lost it changes nothing any more", async () => {
    await using house = await openHouse(await newDatabase());
    const { console, clock, db } = house;
    const { id: applicationId } = await newApplication(console);
    await must(console, "createLicenses", { applicationId, count: 60 });
    await must(console, "startBulkJob", { applicationId, kind: "blacklistLicenses", licenses: {} });
    const dead = await house.claim();
    assert.ok(dead);
    const left = await house.run(dead);
    assert.ok(left && left.doneCount > 0 && left.doneCount < 60);
    assert.equal(await house.claim(), undefined, "it is somebody's");
    await clock.advance(leaseMs);
    const heir = await house.claim();
    assert.ok(heir);
    assert.equal(await house.run({ ...dead, job: left }), undefined);
    assert.equal((await db.selectFrom("bulkJob").selectAll().executeTakeFirstOrThrow()).doneCount, left.doneCount);
    let { job } = heir;
    while (job.finishedAt === null) job = (await house.run({ ...heir, job })) ?? job;
    assert.deepEqual([job.doneCount, job.unchangedCount], [60, 0]);
    const changes = await db
      .selectFrom("change")
      .select("licenseId")
      .where("event", "=", "licenseBlacklisted")
      .execute();
    assert.equal(changes.length, 60);
  });

  test("[MG-BULK-6] a job that is cancelled stays where it is", async () => {
    await using house = await openHouse(await newDatabase());
    const { console, db } = house;
    const { id: applicationId } = await newApplication(console);
    await must(console, "createLicenses", { applicationId, count: 60 });
    const { job } = await must(console, "startBulkJob", { applicationId, kind: "deleteLicenses", licenses: {} });
    const claimed = await house.claim();
    assert.ok(claimed);
    const moved = await house.run(claimed);
    assert.ok(moved);
    const cancelled = await must(console, "cancelBulkJob", { applicationId, jobId: job.id });
    assert.deepEqual([cancelled.job.state, cancelled.job.done], ["cancelled", moved.doneCount]);
    assert.equal(await house.run({ ...claimed, job: moved }), undefined);
    assert.equal(await house.claim(), undefined);
    assert.equal((await db.selectFrom("license").select("id").execute()).length, 60 - moved.doneCount);
  });

  test("[MG-BULK-3] a record that does not fit any more when its turn comes is left alone", async () => {
    await using house = await openHouse(await newDatabase());
    const { console, db } = house;
    const { id: applicationId } = await newApplication(console);
    const { licenses } = await must(console, "createLicenses", { applicationId, count: 40 });
    await must(console, "startBulkJob", { applicationId, kind: "deleteLicenses", licenses: { state: "available" } });
    await db.updateTable("license").set({ activatedAt: 1 }).where("key", "=", licenses[30]!.license).execute();
    await must(console, "createLicenses", { applicationId, count: 1, comment: "later" });
    await house.clock.advance(1);
    const claimed = await house.claim();
    assert.ok(claimed);
    let { job } = claimed;
    while (job.finishedAt === null) job = (await house.run({ ...claimed, job })) ?? job;
    const rest = await db.selectFrom("license").select("key").execute();
    assert.ok(rest.some(({ key }) => key === licenses[30]!.license));
  });

  test("[MG-BULK-8] a record that fails again and again is left out, and the others are not", async () => {
    await using house = await openHouse(await newDatabase());
    const { console, db, clock } = house;
    const { id: applicationId } = await newApplication(console);
    const { licenses } = await must(console, "createLicenses", { applicationId, count: 8 });
    await must(console, "startBulkJob", { applicationId, kind: "pauseLicenses", licenses: {} });
    const poison = licenses[3]!.id;
    await using runner = new BulkRunner(db, clock, log, async ({ job, lease, stride }) => {
      const before = await db.selectFrom("license").select("id").where("pausedAt", "is not", null).execute();
      const isNext = before.length === 3 && stride !== "skip" && job.failedCount === 0;
      if (isNext || (stride === "many" && job.failedCount === 0)) throw new Error(`${poison} cannot be paused`);
      return house.run({ job, lease }, stride);
    });
    const current = () => db.selectFrom("bulkJob").selectAll().executeTakeFirstOrThrow();
    await eventually("the end of the job", async () => {
      await clock.advance(5_000);
      return (await current()).finishedAt !== null;
    });
    const { doneCount, failedCount } = await current();
    assert.deepEqual([doneCount, failedCount], [7, 1]);
    assert.ok(runner);
  });

  test("[MG-BULK-5] a server goes on with what another has left, when it starts and when it stops in the middle", async () => {
    const database = await newDatabase();
    await using house = await openHouse(database);
    const { console, clock, db, data } = house;
    const { id: applicationId } = await newApplication(console);
    await must(console, "startBulkJob", { applicationId, kind: "createLicenses", create: { count: 2_000 } });
    const begun = async () => (await db.selectFrom("bulkJob").select("doneCount").executeTakeFirstOrThrow()).doneCount;
    {
      await using _first: TestServer = await startTestServer({ clock, settings: { data, ...database } });
      await eventually("the beginning", async () => (await begun()) > 0);
    }
    await using second = await startTestServer({ clock, settings: { data, ...database } });
    await eventually("the end", async () => {
      const { jobs } = await must(second.console, "listBulkJobs", { applicationId });
      return jobs[0]?.state === "finished";
    });
    assert.equal(await begun(), 2_000);
    const { count } = await db
      .selectFrom("license")
      .select((e) => e.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    assert.equal(count, 2_000);
  });

  test("[MG-BULK-1] who may not do it to one record may not do it to many", async () => {
    await using house = await openHouse(await newDatabase());
    const { id: applicationId } = await newApplication(house.console);
    const input = { applicationId, kind: "deleteLicenses", licenses: {} } as const;
    const { job } = await must(house.console, "startBulkJob", input);
    const gate = new Gate(house.resources, handlers);
    const callWith = (name: OperationName, scopes: readonly Scope[], input: object) =>
      gate.call(
        name,
        {
          door: "management",
          address: "127.0.0.1",
          operator: { kind: "key", id: "key", name: "key", scopes: new Set(scopes), applicationIds: "all" },
        },
        input,
      );
    const few = ["applications:read", "licenses:update", "licenses:create", "accounts:delete"] as const;
    const refused = { ok: false, refusal: "notAllowed" };
    assert.deepEqual(await callWith("startBulkJob", few, input), refused);
    assert.deepEqual(await callWith("previewBulkJob", few, input), refused);
    assert.deepEqual(await callWith("cancelBulkJob", few, { applicationId, jobId: job.id }), refused);
    const enough = ["applications:read", "licenses:delete"] as const;
    assert.ok((await callWith("startBulkJob", enough, input)).ok);
    assert.deepEqual(await callWith("startBulkJob", ["licenses:delete"], input), { ok: false, fault: "forbidden" });
    assert.ok((await callWith("cancelBulkJob", enough, { applicationId, jobId: job.id })).ok);
  });

  // One process at a time has a database file.
  if (kind === "SQLite") return;
  test("[MG-BULK-5] two servers on one database do each part of several jobs once", async () => {
    const settings = await newDatabase();
    await using here = await startTestServer({ settings });
    await using there = await startTestServer({ settings });
    const { id: applicationId } = await newApplication(here.console);
    for (const { console } of [here, there, here, there]) {
      await must(console, "startBulkJob", { applicationId, kind: "createLicenses", create: { count: 100 } });
    }
    const areOver = async () => {
      const { jobs } = await must(here.console, "listBulkJobs", { applicationId });
      return jobs.every(({ state }) => state === "finished") && jobs;
    };
    await eventually("the licenses", async () => (await areOver()) !== false);
    await must(there.console, "startBulkJob", { applicationId, kind: "pauseLicenses", licenses: {} });
    await eventually("the pause", async () => (await areOver()) !== false, 60_000);
    const jobs = await areOver();
    assert.deepEqual(jobs && jobs.map(({ done, unchanged }) => [done, unchanged]), [
      ...Array.from({ length: 4 }, () => [100, 0]),
      [400, 0],
    ]);
  });
});
