import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InputOf } from "@latchkey/protocol";
import {
  addAccount,
  addLicense,
  eventFrame,
  eventually,
  ManualClock,
  must,
  newApplication,
  newGuardedApplication,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  readProtected,
  startTestServer,
  subscribe,
  type TestServer,
} from "@latchkey/testkit";

type Start = Omit<InputOf<"startBulkJob">, "applicationId">;

onEachDatabase("bulk jobs", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), pingInterval: "30d" } });
  });
  after(() => server[Symbol.asyncDispose]());

  /** The job as it is when it is over. */
  async function run({ id: applicationId }: Product, start: Start) {
    const { job } = await must(server.console, "startBulkJob", { applicationId, ...start });
    let now = job;
    await eventually("the end of the job", async () => {
      now = (await must(server.console, "showBulkJob", { applicationId, jobId: job.id })).job;
      return now.state !== "running";
    });
    return now;
  }

  function preview({ id: applicationId }: Product, start: Start) {
    return must(server.console, "previewBulkJob", { applicationId, ...start });
  }

  async function statesOf({ id: applicationId }: Product): Promise<Record<string, string>> {
    const { licenses } = await must(server.console, "listLicenses", { applicationId });
    return Object.fromEntries(licenses.map(({ license, state }) => [license, state]));
  }

  test("[MG-BULK-1] [MG-BULK-9] licenses are created with one plan, and found by the job", async () => {
    const product = await newApplication(server.console);
    await addLicense(server, product, { key: "ANOTHER-ONE" });
    const job = await run(product, {
      kind: "createLicenses",
      create: { count: 601, levels: ["pro"], durationMs: 5, seats: 2, comment: "fair", bindsClient: true },
    });
    assert.deepEqual([job.state, job.done, job.records], ["finished", 601, { count: 601, isMore: false }]);
    const found = await must(server.console, "listLicenses", {
      applicationId: product.id,
      bulkJobId: job.id,
      count: true,
    });
    assert.deepEqual(found.total, { count: 601, isMore: false });
    assert.equal(new Set(found.licenses.map(({ license }) => license)).size, 601);
    const { id: _, license: __, ...plan } = found.licenses[0]!;
    assert.deepEqual(plan, {
      applicationId: product.id,
      state: "available",
      levels: ["pro"],
      comment: "fair",
      durationMs: 5,
      seats: 2,
      bindsClient: true,
      createdAt: clock.now(),
    });
    const byKey = { applicationId: product.id, bulkJobId: job.id, sort: "key", count: true } as const;
    assert.deepEqual((await must(server.console, "listLicenses", byKey)).total, { count: 601, isMore: false });
  });

  test("[MG-BULK-3] it concerns the records that fit, and no others", async () => {
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    await addLicense(server, product, { key: "KEY-PRO", levels: '["pro"]' });
    await addLicense(server, product, { key: "KEY-PAUSED", levels: '["pro"]', pausedAt: 1 });
    await addLicense(server, product, { key: "KEY-BETA", levels: '["beta"]' });
    await addLicense(server, product, { key: "KEY-TOMORROW", levels: '["pro"]', createdAt: clock.now() + 1 });
    const foreign = await addLicense(server, other, { key: "KEY-FOREIGN", levels: '["pro"]' });
    const job = await run(product, { kind: "pauseLicenses", licenses: { level: "pro" } });
    assert.deepEqual([job.done, job.unchanged, job.failed], [1, 1, 0]);
    assert.deepEqual(await statesOf(product), {
      "KEY-PRO": "paused",
      "KEY-PAUSED": "paused",
      "KEY-BETA": "available",
      "KEY-TOMORROW": "available",
    });
    assert.equal((await run(product, { kind: "deleteLicenses", ids: [foreign.id, "nobody"] })).done, 0);
    assert.deepEqual(await statesOf(other), { "KEY-FOREIGN": "available" });
    // What a list shows for a search is what a job does it to.
    await addLicense(server, product, { key: "KEY-PRO-2" });
    assert.equal((await run(product, { kind: "blacklistLicenses", licenses: { search: "KEY-PRO" } })).done, 1);
  });

  test("[MG-BULK-1] every kind does what its operation does", async () => {
    const product = await newApplication(server.console);
    const license = await addLicense(server, product, {
      key: "KEY",
      activatedAt: 1,
      clientId: "client-x",
      durationMs: 5,
    });
    const ids = [license.id];
    const shown = async () => (await must(server.console, "showLicense", { license: license.id })).license;
    await run(product, { kind: "pauseLicenses", ids });
    assert.equal((await shown()).state, "paused");
    await run(product, { kind: "unpauseLicenses", ids });
    assert.equal((await shown()).state, "activated");
    await run(product, { kind: "blacklistLicenses", ids });
    assert.equal((await shown()).state, "blacklisted");
    await run(product, { kind: "unblacklistLicenses", ids });
    await run(product, { kind: "extendLicenses", ids, durationMs: 95 });
    assert.deepEqual([(await shown()).state, (await shown()).durationMs], ["activated", 100]);
    await run(product, { kind: "resetLicenseClients", ids });
    assert.equal((await shown()).clientId, undefined);
    await run(product, { kind: "reinitializeLicenses", ids });
    assert.equal((await shown()).state, "available");
    await run(product, { kind: "deleteLicenses", ids });
    assert.deepEqual(await statesOf(product), {});

    const account = await addAccount(server, product, { login: "alice" });
    await run(product, { kind: "disableAccounts", accounts: { search: "alice" } });
    const status = async () => (await must(server.console, "showAccount", { accountId: account.id })).account.status;
    assert.equal(await status(), "disabled");
    await run(product, { kind: "enableAccounts", accounts: {} });
    assert.equal(await status(), "enabled");
    assert.equal((await run(product, { kind: "deleteAccounts", accounts: { status: "enabled" } })).done, 1);
    const { accounts } = await must(server.console, "listAccounts", { applicationId: product.id });
    assert.deepEqual(accounts, []);
  });

  test("[MG-BULK-4] [MG-BULK-7] a preview says who will be signed out, and they are told at once", async () => {
    const product = await newGuardedApplication(server);
    await addLicense(server, product, { key: "KEY-ONE", levels: '["pro"]' });
    await addLicense(server, product, { key: "KEY-TWO", levels: '["beta"]' });
    await using one = await openLive(server, product, "client-one");
    await using two = await openLive(server, product, "client-two");
    await one.request(packet.authorizeByLicense, { license: "KEY-ONE" });
    await two.request(packet.authorizeByLicense, { license: "KEY-TWO" });
    await subscribe(one);
    const start = { kind: "pauseLicenses", licenses: { level: "pro" } } as const;
    const single = { count: 1, isMore: false };
    assert.deepEqual(await preview(product, start), { records: single, sessions: single });
    assert.deepEqual(await preview(product, { ...start, kind: "unpauseLicenses" }), {
      records: single,
      sessions: { count: 0, isMore: false },
    });
    assert.equal(await readProtected(one), 1, "a preview changes nothing");
    await run(product, start);
    assert.equal((await one.next()).frame, eventFrame(205));
    assert.deepEqual([await readProtected(one), await readProtected(two)], [3, 1]);

    const rest = { kind: "endSessions", sessions: { authorized: true } } as const;
    assert.deepEqual(await preview(product, rest), { records: single, sessions: single });
    const job = await run(product, rest);
    assert.equal(job.done, 1);
    assert.equal((await two.closed).code, 4100);
    assert.equal(await readProtected(one), 3);
  });

  test("[MG-BULK-2] a plan that does not say what its kind needs, or says more, is refused", async () => {
    const { id: applicationId } = await newApplication(server.console);
    const wrong: Start[] = [
      { kind: "pauseLicenses" },
      { kind: "pauseLicenses", accounts: {} },
      { kind: "pauseLicenses", licenses: {}, ids: ["a"] },
      { kind: "pauseLicenses", licenses: {}, durationMs: 1 },
      { kind: "extendLicenses", licenses: {} },
      { kind: "createLicenses" },
      { kind: "createLicenses", create: { count: 1 }, licenses: {} },
      { kind: "createLicenses", ids: ["a"], create: { count: 1 } },
      { kind: "endSessions", ids: ["a"], create: { count: 1 } },
    ];
    for (const start of wrong) {
      for (const name of ["startBulkJob", "previewBulkJob"] as const) {
        const outcome = await server.console.call(name, { applicationId, ...start });
        assert.deepEqual(outcome, { ok: false, refusal: "bulkPlanInvalid" }, JSON.stringify(start));
      }
    }
    const misspelt = { applicationId, kind: "deleteLicenses", licenses: { stat: "paused" } } as const;
    const refused = await server.console.call("startBulkJob", misspelt as never);
    assert.ok("fault" in refused && refused.fault === "malformed");
    const elsewhere = await server.console.call("startBulkJob", {
      applicationId: "?",
      kind: "pauseLicenses",
      licenses: {},
    });
    assert.deepEqual(elsewhere, { ok: false, refusal: "applicationNotFound" });
  });

  test("[MG-BULK-6] what is over cannot be cancelled, and jobs are listed in their application alone", async () => {
    const product = await newApplication(server.console);
    const other = await newApplication(server.console);
    const { id: jobId } = await run(product, { kind: "createLicenses", create: { count: 1 } });
    const cancelled = await server.console.call("cancelBulkJob", { applicationId: product.id, jobId });
    assert.deepEqual(cancelled, { ok: false, refusal: "bulkJobOver" });
    const foreign = await server.console.call("showBulkJob", { applicationId: other.id, jobId });
    assert.deepEqual(foreign, { ok: false, refusal: "bulkJobNotFound" });
    const { jobs } = await must(server.console, "listBulkJobs", { applicationId: product.id });
    assert.deepEqual(
      jobs.map(({ id, by }) => [id, by]),
      [[jobId, { kind: "console" }]],
    );
    assert.deepEqual((await must(server.console, "listBulkJobs", { applicationId: other.id })).jobs, []);
  });
});
