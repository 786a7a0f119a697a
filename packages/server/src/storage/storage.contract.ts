import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { flush } from "@latchkey/testkit";
import { newObjectId, newRowId } from "#crypto/tokens.ts";
import { insertAccount, takeIdentity } from "./accounts.ts";
import { countOneMoreAccount, findApplication, insertApplication } from "./applications.ts";
import { claimLicense, insertLicenses } from "./licenses.ts";
import { insertNode, renewNode } from "./nodes.ts";
import { authorizeSession, endAuthorization } from "./authorizations.ts";
import { countSeatsTaken } from "./seats.ts";
import { insertSession } from "./sessions.ts";
import type {
  AccountId,
  Application,
  ApplicationId,
  AuthorizationId,
  Db,
  LicenseId,
  NodeId,
  SessionId,
} from "./tables.ts";
import { rehearse, transact } from "./transaction.ts";

const now = Date.UTC(2030, 0, 1);
const holding = { now, windowStart: now - 1000 };

/** What every database must do for the rest of the server to be right. `open` opens a migrated, empty one. */
export function storageContract(name: string, open: () => Promise<{ db: Db; another: Db } & AsyncDisposable>): void {
  suite(`storage on ${name}`, () => {
    test("a refusal undoes what its transaction wrote, and only that", async () => {
      await using database = await open();
      const { db } = database;
      const { id } = await addApplication(db);
      const outcomes = await Promise.all(
        [1, 2, 3, 4].map((n) =>
          transact(db, async (tx) => {
            await countOneMoreAccount(tx, id);
            return n % 2 === 0 ? { refused: "no" } : {};
          }),
        ),
      );
      assert.deepEqual(outcomes, [{}, { refused: "no" }, {}, { refused: "no" }]);
      assert.equal((await findApplication(db, { id }))?.accountCount, 2);
    });

    test("a rehearsal leaves nothing behind", async () => {
      await using database = await open();
      const { db } = database;
      const { id } = await addApplication(db);
      const count = await rehearse(db, async (tx) => (await countOneMoreAccount(tx, id))?.accountCount);
      assert.equal(count, 1);
      assert.equal((await findApplication(db, { id }))?.accountCount, 0);
    });

    test("a transaction that throws leaves nothing behind, and the next one works", async () => {
      await using database = await open();
      const { db } = database;
      const { id } = await addApplication(db);
      const failing = transact(db, async (tx) => {
        await countOneMoreAccount(tx, id);
        throw new Error("broken");
      });
      await assert.rejects(failing, /broken/);
      await transact(db, async (tx) => {
        await countOneMoreAccount(tx, id);
        return {};
      });
      assert.equal((await findApplication(db, { id }))?.accountCount, 1);
    });

    test("a statement that breaks a constraint fails alone", async () => {
      await using database = await open();
      const { db } = database;
      const first = await addApplication(db);
      const again = insertApplication(db, { ...first, id: newObjectId<ApplicationId>() }, []);
      const [refused, other] = await Promise.allSettled([again, addApplication(db)]);
      assert.equal(refused.status, "rejected");
      assert.equal(other.status, "fulfilled");
    });

    test("rows that are not committed are seen by nobody else", async () => {
      await using database = await open();
      const { db, another } = database;
      const { id } = await addApplication(db);
      await transact(db, async (tx) => {
        await countOneMoreAccount(tx, id);
        assert.equal((await findApplication(tx, { id }))?.accountCount, 1);
        assert.equal((await findApplication(another, { id }))?.accountCount, 0);
        return {};
      });
      assert.equal((await findApplication(db, { id }))?.accountCount, 1);
      // Another process looks anew in each turn of its event loop.
      await flush();
      assert.equal((await findApplication(another, { id }))?.accountCount, 1);
    });

    test("two processes that write at the same time both succeed", async () => {
      await using database = await open();
      const { db, another } = database;
      const { id } = await addApplication(db);
      const writes = Array.from({ length: 40 }, (_, n) =>
        transact(n % 2 === 0 ? db : another, async (tx) => {
          await countOneMoreAccount(tx, id);
          return {};
        }),
      );
      await Promise.all(writes);
      assert.equal((await findApplication(db, { id }))?.accountCount, 40);
    });

    test("an identity has one owner", async () => {
      await using database = await open();
      const { db } = database;
      const { id } = await addApplication(db);
      const taken = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const account = await addAccount(db, id);
          return takeIdentity(db, id, "alice", account);
        }),
      );
      assert.equal(taken.filter((won) => won).length, 1);
    });

    test("an authorization is ended once, and a later one of the same session is out of reach", async () => {
      await using database = await open();
      const { db } = database;
      const { id: applicationId } = await addApplication(db);
      const sessionId = await addSession(db, applicationId);
      const first = await authorize(db, sessionId, null);
      const ended = await Promise.all(
        Array.from({ length: 5 }, () =>
          endAuthorization(db, { sessionId, secretHash: sessionId, authorizationId: first }),
        ),
      );
      assert.equal(ended.filter((row) => row !== undefined).length, 1);
      await authorize(db, sessionId, null);
      assert.equal(await endAuthorization(db, { sessionId, secretHash: sessionId, authorizationId: first }), undefined);
    });

    test("transactions that lock the same rows in opposite orders both come to their end", async () => {
      await using database = await open();
      const { db, another } = database;
      const ids = [(await addApplication(db)).id, (await addApplication(db)).id];
      const countBoth = (at: Db, order: readonly ApplicationId[]) =>
        transact<{ readonly refused?: never }>(at, async (tx) => {
          for (const id of order) {
            await countOneMoreAccount(tx, id);
            await flush();
          }
          return {};
        });
      await Promise.all([countBoth(db, ids), countBoth(another, ids.toReversed())]);
      for (const id of ids) assert.equal((await findApplication(db, { id }))?.accountCount, 2);
    });

    test("a license keeps the expiry and the client of its first use", async () => {
      await using database = await open();
      const { db } = database;
      const { id: applicationId } = await addApplication(db);
      const id = await addLicense(db, applicationId, { clientPolicy: "first" });
      const first = await claimLicense(db, { id, clientId: "one", now, expiresAt: now + 5000 });
      assert.equal(first?.expiresAt, now + 5000);
      assert.equal(first.clientId, "one");
      const again = await claimLicense(db, { id, clientId: "one", now: now + 1000, expiresAt: now + 9000 });
      assert.equal(again?.expiresAt, now + 5000);
      assert.equal(again.activatedAt, now);
      assert.equal(await claimLicense(db, { id, clientId: "two", now, expiresAt: null }), undefined);
      assert.equal(await claimLicense(db, { id, clientId: "one", now: now + 5000, expiresAt: null }), undefined);
    });

    test("seats are held through a live node, and through the resume window of one that crashed", async () => {
      await using database = await open();
      const { db } = database;
      const { id: applicationId } = await addApplication(db);
      const licenseId = await addLicense(db, applicationId, {});
      const nodeId = newRowId<NodeId>();
      await insertNode(db, { id: nodeId, leaseUntil: now + 500, startedAt: now });
      await authorize(db, await addSession(db, applicationId, nodeId), licenseId);
      assert.equal(await countSeatsTaken(db, licenseId, holding), 1);
      const afterCrash = { now: now + 1400, windowStart: now + 400 };
      assert.equal(await countSeatsTaken(db, licenseId, afterCrash), 1);
      const afterWindow = { now: now + 1600, windowStart: now + 600 };
      assert.equal(await countSeatsTaken(db, licenseId, afterWindow), 0);
    });

    test("a node cannot renew a lease that has run out", async () => {
      await using database = await open();
      const { db } = database;
      const nodeId = newRowId<NodeId>();
      await insertNode(db, { id: nodeId, leaseUntil: now, startedAt: now });
      assert.equal(await renewNode(db, nodeId, now - 1, now + 1000), true);
      assert.equal(await renewNode(db, nodeId, now + 1000, now + 2000), false);
    });

    test("instants and counts come back as numbers, text as it went in", async () => {
      await using database = await open();
      const { db } = database;
      const application = await addApplication(db, "naïve 🗝 'quoted' \\");
      const found = await findApplication(db, { id: application.id });
      assert.equal(found?.createdAt, now);
      assert.equal(found.name, "naïve 🗝 'quoted' \\");
      assert.equal(found.pausedAt, null);
    });
  });
}

async function addApplication(db: Db, name = "Contract"): Promise<Omit<Application, "accountCount" | "pausedAt">> {
  const id = newObjectId<ApplicationId>();
  const application = { id, name, version: "1", websocketApiKey: id, settings: "{}", createdAt: now };
  await insertApplication(db, application, [{ kind: "JS", keyHash: id, key: id }]);
  return application;
}

async function addAccount(db: Db, applicationId: ApplicationId): Promise<AccountId> {
  const id = newObjectId<AccountId>();
  await insertAccount(db, {
    id,
    applicationId,
    login: null,
    email: null,
    passwordHash: null,
    status: "enabled",
    levels: "[]",
    comment: null,
    locale: null,
    properties: "{}",
    signUpDoor: null,
    signUpAddress: null,
    createdAt: now,
    updatedAt: null,
    lastLoginAt: null,
    blacklistedAt: null,
  });
  return id;
}

async function addLicense(db: Db, applicationId: ApplicationId, plan: { clientPolicy?: "first" }): Promise<LicenseId> {
  const id = newRowId<LicenseId>();
  await insertLicenses(db, [
    { id, applicationId, key: id, levels: "[]", clientPolicy: "any", createdAt: now, durationMs: 5000, ...plan },
  ]);
  return id;
}

async function addSession(db: Db, applicationId: ApplicationId, nodeId = newRowId<NodeId>()): Promise<SessionId> {
  const id = newRowId<SessionId>();
  await insertSession(db, {
    id,
    applicationId,
    door: "live",
    secretHash: id,
    clientId: "client",
    address: "127.0.0.1",
    nodeId,
    createdAt: now,
    lastSeenAt: now,
  });
  return id;
}

async function authorize(db: Db, sessionId: SessionId, licenseId: LicenseId | null): Promise<AuthorizationId> {
  const authorizationId = newRowId<AuthorizationId>();
  const of = { sessionId, secretHash: sessionId, authorizationId };
  const wanted = { ...of, accountId: null, licenseId, expiresAt: null, attachedTo: null, now };
  assert.notEqual(await authorizeSession(db, wanted), undefined);
  return authorizationId;
}
