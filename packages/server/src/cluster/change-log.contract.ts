import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { eventually, flush, ManualClock } from "@latchkey/testkit";
import {
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  SelectQueryNode,
} from "kysely";
import { newObjectId, newRowId } from "#crypto/tokens.ts";
import { insertApplication } from "#storage/applications.ts";
import { authorizeSession, endAuthorization } from "#storage/authorizations.ts";
import { appendChange, endOfLog, type LogPosition, pruneChanges, readChanges } from "#storage/changes.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import { insertSession, readLiveSessions } from "#storage/sessions.ts";
import type { ApplicationId, AuthorizationId, Db, SessionId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { ChangeLog } from "./change-log.ts";
import { Roster } from "./roster.ts";

const now = Date.UTC(2030, 0, 1);
const start: LogPosition = { transactionNumber: -1, serial: -1 };

interface Opened extends AsyncDisposable {
  readonly db: Db;
  /** Another process's view of it. */
  readonly another: Db;
  readonly kit: DatabaseKit;
}

/** What the log of changes promises on every database. `open` opens a migrated, empty one. */
export function changeLogContract(name: string, open: () => Promise<Opened>): void {
  suite(`change log on ${name}`, () => {
    test("changes are read in the order in which they were made, a few at a time", async () => {
      await using opened = await open();
      const { db, another, kit } = opened;
      for (const [n, from] of [db, another, db, db, another].entries()) await append(from, `${n}`);
      const read: string[] = [];
      for (let position = start; ;) {
        const { changes, isWaiting } = await readChanges(db, kit, position, 2);
        assert.equal(isWaiting, false);
        read.push(...changes.map(({ content }) => versionIn(content)));
        const last = changes.at(-1);
        if (!last) break;
        position = last;
      }
      assert.deepEqual(read, ["0", "1", "2", "3", "4"]);
    });

    test("a change of a transaction that commits late is not passed over for one that began later", async () => {
      await using opened = await open();
      const { db, another, kit } = opened;
      const late = Promise.withResolvers<void>();
      const inserted = Promise.withResolvers<void>();
      const slow = transact(db, async (tx) => {
        await append(tx, "slow");
        inserted.resolve();
        await late.promise;
        return {};
      });
      await inserted.promise;
      const quick = append(another, "quick");
      if (name === "PostgreSQL") await quick;
      const early = await readChanges(another, kit, start, 10);
      assert.deepEqual(early, { changes: [], isWaiting: name === "PostgreSQL" });
      assert.deepEqual(await endOfLog(another, kit), start);
      late.resolve();
      await Promise.all([slow, quick]);
      await flush();
      const { changes } = await readChanges(another, kit, start, 10);
      assert.deepEqual(
        changes.map(({ content }) => versionIn(content)),
        ["slow", "quick"],
      );
    });

    test("pruning drops what is old, and who follows goes on from where it was", async () => {
      await using opened = await open();
      const { db, kit } = opened;
      await append(db, "old", now - 1);
      await append(db, "seen", now - 1);
      const position = await endOfLog(db, kit);
      await append(db, "new");
      await pruneChanges(db, now);
      const { changes } = await readChanges(db, kit, position, 10);
      assert.deepEqual(
        changes.map(({ content }) => versionIn(content)),
        ["new"],
      );
    });

    test("a follower hears every change once and in order, however often it is woken, and nothing from before it began", async () => {
      await using opened = await open();
      await append(opened.db, "before");
      await using house = await follow(opened, opened.kit);
      for (let n = 1; n <= 20; n++) {
        await append(n % 2 ? opened.db : opened.another, `${n}`);
        for (let times = 0; times < 3; times++) void house.changeLog.wake();
      }
      const all = Array.from({ length: 20 }, (_, n) => `${n + 1}`);
      await eventually("twenty changes", async () => house.heard.length >= all.length);
      void house.changeLog.wake();
      await flush();
      assert.deepEqual(house.heard, all);
    });

    test("a follower that loses every wake-up catches up at its next look", async () => {
      await using opened = await open();
      await using house = await follow(opened, deaf(opened.kit));
      await append(opened.another, "1");
      await append(opened.another, "2");
      await house.clock.advance(999);
      assert.deepEqual(house.heard, []);
      await house.clock.advance(1);
      await eventually("both changes", async () => house.heard.length >= 2);
      assert.deepEqual(house.heard, ["1", "2"]);
    });

    test("a follower that fails in the middle tries again, loses nothing and tells nothing twice", async () => {
      await using opened = await open();
      const reads = new SessionReads();
      await using house = await follow(opened, deaf(opened.kit), reads);
      for (const version of ["1", "2", "3"]) await append(opened.another, version);
      reads.failAt = 2;
      await house.clock.advance(1000);
      await eventually("the failure", async () => house.logged.length > 0);
      assert.deepEqual(house.heard, ["1"]);
      await house.clock.advance(1000);
      await eventually("all changes", async () => house.heard.length >= 3);
      assert.deepEqual(house.heard, ["1", "2", "3"]);
    });

    test("[LP-OUT-1] a row that was read before a logout does not bring its authorization back", async () => {
      await using opened = await open();
      const reads = new SessionReads();
      await using house = await follow(opened, deaf(opened.kit), reads);
      const { sessionId, authorizationId, roster } = house;
      const held = reads.holdNext();
      await append(opened.another, "1");
      void house.changeLog.wake();
      await held.isRead;
      await endAuthorization(opened.db, { sessionId, secretHash: sessionId, authorizationId });
      roster.update({ id: sessionId, secretHash: sessionId }, undefined);
      held.release();
      await eventually("the change", async () => house.heard.length > 0);
      assert.equal(roster.get(sessionId)?.authorization, undefined);
    });

    test("a row that was read before an authorize does not take its authorization away", async () => {
      await using opened = await open();
      const reads = new SessionReads();
      await using house = await follow(opened, deaf(opened.kit), reads);
      const { sessionId, authorizationId, roster } = house;
      const hold = { id: sessionId, secretHash: sessionId };
      await endAuthorization(opened.db, { sessionId, secretHash: sessionId, authorizationId });
      roster.update(hold, undefined);
      const held = reads.holdNext();
      await append(opened.another, "1");
      void house.changeLog.wake();
      await held.isRead;
      const id = await authorize(opened.db, sessionId);
      roster.update(hold, { id });
      held.release();
      await eventually("the change", async () => house.heard.length > 0);
      assert.deepEqual(roster.get(sessionId)?.authorization, { id });
    });
  });
}

const applicationId = newObjectId<ApplicationId>();

function append(db: Db, version: string, at = now): Promise<void> {
  return appendChange(db, { event: "appVersionChanged", applicationId, content: { version } }, at);
}

function versionIn(content: string): string {
  return String(JSON.parse(content).version);
}

/** The same database for somebody who is never told that it was written to. */
function deaf(kit: DatabaseKit): DatabaseKit {
  const watch = {
    announce: () => undefined,
    callAgain: () => undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { ...kit, watch: () => Promise.resolve(watch) };
}

/** A follower with one session that is authorized and subscribed, and what its client hears. */
async function follow({ db }: Opened, kit: DatabaseKit, reads?: SessionReads) {
  const sessionId = newRowId<SessionId>();
  await insertApplication(
    db,
    {
      id: applicationId,
      name: "Test",
      version: "",
      websocketApiKey: newRowId(),
      settings: "{}",
      createdAt: now,
    },
    [{ keyHash: newRowId(), kind: "JS", key: newRowId() }],
  );
  await insertSession(db, {
    id: sessionId,
    applicationId,
    door: "live",
    secretHash: sessionId,
    clientId: "client",
    address: "127.0.0.1",
    createdAt: now,
    lastSeenAt: now,
    subscribedAt: now,
  });
  const authorizationId = await authorize(db, sessionId);
  const heard: string[] = [];
  const logged: string[] = [];
  const roster = new Roster();
  const link = {
    sessionId: undefined,
    event: (_: string, { version = "" }: Readonly<Record<string, string>>) => void heard.push(version),
    close: () => undefined,
  };
  const session = (await readLiveSessions(db, [sessionId])).get(sessionId);
  assert.ok(session);
  roster.enter({ ...session, link });
  const clock = new ManualClock(now);
  const log = { info: () => undefined, error: (event: string) => void logged.push(event) };
  const changeLog = await ChangeLog.start(reads ? db.withPlugin(reads) : db, kit, roster, clock, log);
  return {
    changeLog,
    roster,
    clock,
    heard,
    logged,
    sessionId,
    authorizationId,
    [Symbol.asyncDispose]: () => changeLog[Symbol.asyncDispose](),
  };
}

async function authorize(db: Db, sessionId: SessionId): Promise<AuthorizationId> {
  const authorizationId = newRowId<AuthorizationId>();
  const of = { sessionId, secretHash: sessionId, authorizationId };
  const wanted = { ...of, accountId: null, licenseId: null, expiresAt: null, attachedTo: null, now };
  assert.ok(await authorizeSession(db, wanted));
  return authorizationId;
}

/** Fails a read of sessions, or keeps what it came to for a while. */
class SessionReads implements KyselyPlugin {
  /** Counted from 1; 0: none. */
  failAt = 0;
  #count = 0;
  readonly #ids = new WeakSet<object>();
  #held: { readonly read: () => void; readonly released: Promise<void> } | undefined;

  holdNext(): { readonly isRead: Promise<void>; readonly release: () => void } {
    const { promise: isRead, resolve: read } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    this.#held = { read, released };
    return { isRead, release };
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    if (SelectQueryNode.is(node) && JSON.stringify(node.from).includes('"session"')) {
      this.#ids.add(queryId);
      if (++this.#count === this.failAt) throw new Error("the read fails");
    }
    return node;
  }

  async transformResult({ result, queryId }: PluginTransformResultArgs) {
    const held = this.#held;
    if (!held || !this.#ids.has(queryId)) return result;
    this.#held = undefined;
    held.read();
    await held.released;
    return result;
  }
}
