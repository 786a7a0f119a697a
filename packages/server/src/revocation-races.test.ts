import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addAccount,
  eventFrame,
  eventually,
  heardBefore,
  knownPassword,
  must,
  newGuardedApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  readProtected,
  RestPeer,
  startTestServer,
  subscribe,
  tellVersion,
  type TestServer,
} from "@latchkey/testkit";
import { sql } from "kysely";
import type { ApplicationId } from "#storage/tables.ts";

const rounds = 12;
/** Where each round hashes a password. */
const fewRounds = 6;

onEachDatabase("revocation races", (newDatabase, kind) => {
  let server: TestServer;
  before(async () => {
    const wide = { signInsPerAddress: "1000", signInsPerIdentity: "1000", hashWaiting: "1000" };
    server = await startTestServer({ settings: { ...(await newDatabase()), ...wide } });
  });
  after(() => server[Symbol.asyncDispose]());

  test("[LP-EVT-1] a license that is paused while it authorizes never leaves anybody authorized", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    const license = await newLicense(server.console, application);
    for (let round = 0; round < rounds; round++) {
      await using peer = await openSubscribed(application);
      const request = () => peer.request(packet.authorizeByLicense, { license });
      const pause = () => must(server.console, "pauseLicense", { applicationId, license });
      await race(round, request, pause);
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), 3);
      await must(server.console, "unpauseLicense", { applicationId, license });
    }
  });

  test("[LP-EVT-1] [LP-CRED-2] a license that is paused while an account signs in with it holds nobody", async () => {
    const application = await newGuardedApplication(server, { licenseRequired: true });
    const applicationId = application.id;
    for (let round = 0; round < fewRounds; round++) {
      await addAccount(server, application, { login: `user-${round}` });
      const license = await newLicense(server.console, application);
      await using peer = await openSubscribed(application);
      const credentials = { login: `user-${round}`, password: knownPassword, license };
      const { status } = await race(
        round,
        () => peer.request(packet.authorizeByCredentials, credentials),
        () => later(round, () => must(server.console, "pauseLicense", { applicationId, license })),
      );
      assert.ok(status === 1 || status === 104, String(status));
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), 3);
    }
  });

  test("[LP-EVT-1] an account that is deleted while it signs in leaves nobody signed in", async () => {
    const application = await newGuardedApplication(server);
    for (let round = 0; round < fewRounds; round++) {
      const { id: accountId } = await addAccount(server, application, { login: `user-${round}` });
      await using peer = await openSubscribed(application);
      const { status } = await race(
        round,
        () => peer.request(packet.authorizeByCredentials, { login: `user-${round}`, password: knownPassword }),
        () => later(round, () => must(server.console, "deleteAccount", { accountId })),
      );
      assert.ok(status === 1 || status === 200, String(status));
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), 3);
    }
  });

  test("[LP-EVT-1] an account that is disabled while a connection is attached to its session leaves nobody attached", async () => {
    const application = await newGuardedApplication(server, { enableMultipleLogins: true, maxConcurrentLogins: 100 });
    const email = "alice@example.com";
    const { id: accountId } = await addAccount(server, application, { email });
    for (let round = 0; round < fewRounds; round++) {
      const token = await RestPeer.of(server, application).login(email, knownPassword);
      await using peer = await openSubscribed(application);
      const { status } = await race(
        round,
        () => peer.request(104, { user_token: token }),
        () => must(server.console, "disableAccount", { accountId }),
      );
      assert.ok(status === 1 || status === 3, String(status));
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), 3);
      await must(server.console, "enableAccount", { accountId });
    }
  });

  test("[LP-EVT-1] nothing that was asked before a pause is answered after its event", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    const license = await newLicense(server.console, application);
    for (let round = 0; round < rounds; round++) {
      await using peer = await openSubscribed(application);
      await peer.request(packet.authorizeByLicense, { license });
      for (let n = 0; n < 10; n++) peer.send(packet.getVariable, { name: "secret" });
      const paused = must(server.console, "pauseLicense", { applicationId, license });
      for (let n = 0; n < 10; n++) peer.send(packet.getVariable, { name: "secret" });
      let isPaused = false;
      for (let frames = 0; frames < 21; frames++) {
        const { frame, status } = await peer.next();
        if (frame === eventFrame(205)) isPaused = true;
        else if (isPaused) assert.equal(status, 3);
      }
      await paused;
      await must(server.console, "unpauseLicense", { applicationId, license });
    }
  });

  test("[LP-OUT-7] nothing protected that was asked before a logout is answered after it", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application);
    for (let round = 0; round < rounds; round++) {
      await using peer = await openLive(server, application);
      await peer.request(packet.authorizeByLicense, { license });
      for (let n = 0; n < 20; n++) peer.send(packet.getVariable, { name: "secret" });
      const logout = peer.send(packet.logout);
      let isOut = false;
      for (let frames = 0; frames < 21; frames++) {
        const { id, status } = await peer.next();
        if (id === logout) isOut = true;
        else if (isOut) assert.equal(status, 3);
      }
    }
  });

  // SQLite runs one transaction after another, and nothing can hold up a read of it.
  if (kind === "PostgreSQL") {
    test("[LP-OUT-7] a read that is held up until after a logout answers 3", async () => {
      const application = await newGuardedApplication(server);
      const license = await newLicense(server.console, application);
      await using peer = await openLive(server, application);
      await peer.request(packet.authorizeByLicense, { license });
      const asked = await server.db.transaction().execute(async (tx) => {
        await sql`lock table variable in access exclusive mode`.execute(tx);
        const id = peer.send(packet.getVariable, { name: "secret" });
        assert.equal((await peer.request(packet.logout))["status"], 1);
        return id;
      });
      const { id, status } = await peer.next();
      assert.deepEqual([id, status], [asked, 3]);
    });

    test("[LP-EVT-1] [LP-CRED-2] a pause that has read a license before it was linked sees its account all the same", async () => {
      const application = await newGuardedApplication(server, { licenseRequired: true });
      const applicationId = application.id;
      await addAccount(server, application, { login: "alice" });
      const license = await newLicense(server.console, application);
      await using peer = await openSubscribed(application);
      const { signingIn, pausing } = await server.db.transaction().execute(async (tx) => {
        await sql`select id from session where application_id = ${applicationId} for update`.execute(tx);
        const credentials = { login: "alice", password: knownPassword, license };
        const signingIn = peer.send(packet.authorizeByCredentials, credentials);
        await untilWaiting(1);
        const pausing = must(server.console, "pauseLicense", { applicationId, license });
        await untilWaiting(2);
        return { signingIn, pausing };
      });
      const answer = await peer.next();
      assert.deepEqual([answer["id"], answer["status"]], [signingIn, 1]);
      await pausing;
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), 3);
    });
  }

  test("[LP-EVT-1] pauses and authorizes in any order leave a session as its row says", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    const license = await newLicense(server.console, application);
    await using peer = await openSubscribed(application);
    for (let round = 0; round < rounds; round++) {
      const changes = [must(server.console, "pauseLicense", { applicationId, license })];
      peer.send(packet.authorizeByLicense, { license });
      if (round % 3 === 0) peer.send(packet.logout);
      changes.push(must(server.console, "unpauseLicense", { applicationId, license }));
      peer.send(packet.authorizeByLicense, { license });
      await Promise.all(changes);
      await must(server.console, "unpauseLicense", { applicationId, license });
      // Answered after the authorizations before it.
      await readProtected(peer);
      await untilApplied(application, peer);
      assert.equal(await readProtected(peer), (await isAuthorized(application)) ? 1 : 3);
      await peer.request(packet.authorizeByLicense, { license });
      assert.equal(await readProtected(peer), 1);
    }
  });

  test("[LP-CONN-6] [LP-RES-3] an application that is paused while clients initialize keeps none of them", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    for (let round = 0; round < rounds; round++) {
      await using peer = await RawPeer.connect(server.url);
      const key = { websocket_api_key: application.websocketApiKey, client_id: "client-1" };
      peer.send(packet.initialize, key);
      await later(round, () => must(server.console, "pauseApplication", { applicationId }));
      const answered = await Promise.race([peer.next(), peer.closing()]);
      if ("status" in answered && answered["status"] !== 1) assert.equal(answered["status"], 601);
      else assert.equal((await peer.closing()).code, 4101);
      await must(server.console, "unpauseApplication", { applicationId });
      await using again = await RawPeer.connect(server.url, { "Resume-Id": peer.resumeId });
      assert.equal((await again.closing()).code, 4401);
    }
  });

  test("[LP-CONN-6] [LP-RES-3] a session that is ended while it resumes is closed on whatever connection has it", async () => {
    const application = await newGuardedApplication(server);
    const license = await newLicense(server.console, application);
    for (let round = 0; round < rounds; round++) {
      await using peer = await openLive(server, application, `client-${round}`);
      await peer.request(packet.authorizeByLicense, { license });
      const { sessions } = await must(server.console, "findSessions", { applicationId: application.id });
      const sessionId = sessions.find(({ clientId }) => clientId === `client-${round}`)!.id;
      const resuming = RawPeer.connect(server.url, { "Resume-Id": peer.resumeId });
      await later(round, () => must(server.console, "endSession", { sessionId }));
      await using resumed = await resuming;
      assert.ok([4100, 4401].includes((await resumed.closing()).code));
      assert.ok([4100, 4450].includes((await peer.closing()).code));
    }
  });

  test("[LP-LIC-2] after a reset the next authorize binds the license anew, and the client it was bound to keeps what it has", async () => {
    const application = await newGuardedApplication(server);
    const applicationId = application.id;
    const license = await newLicense(server.console, application, { bindsClient: true });
    await using first = await openSubscribed(application, "client-1");
    await using second = await openSubscribed(application, "client-2");
    const authorize = async (peer: RawPeer) => (await peer.request(packet.authorizeByLicense, { license }))["status"];
    assert.deepEqual([await authorize(first), await authorize(second)], [1, 502]);
    await must(server.console, "resetLicenseClient", { applicationId, license });
    assert.equal((await first.next()).frame, eventFrame(200));
    assert.equal(await readProtected(first), 1);
    assert.equal(await authorize(second), 1);
    await first.request(packet.logout);
    assert.equal(await authorize(first), 502);
  });

  async function openSubscribed(application: Product, clientId = "client-1"): Promise<RawPeer> {
    const peer = await openLive(server, application, clientId);
    await subscribe(peer);
    return peer;
  }

  /** Waits until every change of before has reached the client. */
  async function untilApplied(application: Product, peer: RawPeer): Promise<void> {
    await heardBefore(peer, await tellVersion(server, application));
  }

  async function isAuthorized({ id }: Product): Promise<boolean> {
    const rows = await server.db
      .selectFrom("session")
      .select("authorizationId")
      .where("applicationId", "=", id as ApplicationId)
      .execute();
    return rows.some(({ authorizationId }) => authorizationId !== null);
  }

  /** Waits until so many transactions wait for a lock. */
  async function untilWaiting(count: number): Promise<void> {
    await eventually(`${count} to wait`, async () => {
      const { rows } = await sql`select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(server.db);
      return rows.length >= count;
    });
  }

  /** Each of the two begins first in half of the rounds; answers what the first of them came to. */
  async function race<T>(round: number, request: () => Promise<T>, operation: () => Promise<unknown>): Promise<T> {
    if (round % 2 === 0) return (await Promise.all([request(), operation()]))[0];
    return (await Promise.all([operation(), request()]))[1];
  }

  /** Lets the other side come a little further, in each round to another point. */
  async function later<T>(round: number, work: () => Promise<T>): Promise<T> {
    let turns = round;
    await eventually("its turn", async () => turns-- <= 0);
    return work();
  }
});
