import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  addAccount,
  ask,
  eventually,
  flush,
  knownPassword,
  ManualClock,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import type { SessionId } from "#storage/tables.ts";
import { sha256 } from "#crypto/tokens.ts";

const ids = ["7", "9007199254740993", "18446744073709551614"];

/** A request that changes something, and how to tell that it did so once. */
interface Story {
  readonly type: number;
  readonly fields: object;
  /** What it would come to if it were run again: then a repetition cannot hide. */
  readonly again: number;
  /** Undoes its effect on the session, so that whoever ran it again would bring it back. */
  readonly undo?: (peer: RawPeer) => Promise<unknown>;
  /** The effect is what it was before the request was repeated. */
  readonly check: (peer: RawPeer) => Promise<void>;
}

onEachDatabase("requests sent again after a resume", (newDatabase) => {
  const clock = new ManualClock();
  let server: TestServer;
  let application: Product;
  let count = 0;
  before(async () => {
    const wide = { pingInterval: "30d", signInsPerIdentity: "1000", signInsPerAddress: "1000" };
    server = await startTestServer({ clock, settings: { ...(await newDatabase()), ...wide } });
    application = await newApplication(server.console, { accountsPerAddressPerDay: null, enableMultipleLogins: true });
  });
  after(() => server[Symbol.asyncDispose]());

  const nameless = () => `user-${++count}`;
  async function newAccount() {
    const login = nameless();
    const { id } = await addAccount(server, application, { login, email: `${login}@example.com` });
    return { id, login, password: knownPassword };
  }
  async function byAccount(peer: RawPeer) {
    const account = await newAccount();
    const { login, password } = account;
    assert.equal((await ask(peer, packet.authorizeByCredentials, { login, password }))["status"], 1);
    return account;
  }
  const userToken = (login: string) => RestPeer.of(server, application).login(`${login}@example.com`, knownPassword);
  const status = async (peer: RawPeer, type: number, fields = {}) => (await ask(peer, type, fields))["status"];

  const stories: Record<string, (peer: RawPeer) => Promise<Story>> = {
    createAccount: async () => {
      const login = nameless();
      const check = async () => {
        const rows = server.db.selectFrom("account").select("id").where("login", "=", login);
        assert.equal((await rows.execute()).length, 1);
      };
      return { type: packet.createAccount, fields: { login, password: "secret" }, again: 202, check };
    },
    authorizeByLicense: async () => {
      const license = await newLicense(server.console, application, { seats: 1, durationMs: 86_400_000 });
      return {
        type: packet.authorizeByLicense,
        fields: { license },
        again: 7,
        check: async (peer) => assert.equal(await status(peer, packet.getCurrentLicense), 1),
      };
    },
    "authorizeByLicense before a logout": async () => {
      const license = await newLicense(server.console, application, { seats: 1 });
      return {
        type: packet.authorizeByLicense,
        fields: { license },
        again: 1,
        undo: (peer) => ask(peer, packet.logout),
        check: async (peer) => assert.equal(await status(peer, packet.logout), 3, "a logout is not undone"),
      };
    },
    authorizeByCredentials: async () => {
      const { login, password } = await newAccount();
      const license = await newLicense(server.console, application, { durationMs: 86_400_000 });
      return {
        type: packet.authorizeByCredentials,
        fields: { login, password, license },
        again: 7,
        check: async (peer) => assert.equal(await status(peer, packet.getCurrentAccount), 1),
      };
    },
    linkLicenseToAccount: async (peer) => {
      const { id } = await byAccount(peer);
      const license = await newLicense(server.console, application);
      const check = async () => {
        const rows = server.db.selectFrom("license").select("accountId").where("key", "=", license);
        assert.equal((await rows.executeTakeFirstOrThrow()).accountId, id);
      };
      return { type: packet.linkLicenseToAccount, fields: { license }, again: 106, check };
    },
    logout: async (peer) => {
      await byAccount(peer);
      const check = async (later: RawPeer) => assert.equal(await status(later, packet.logout), 3);
      return { type: packet.logout, fields: {}, again: 3, check };
    },
    "logout before an authorize": async (peer) => {
      await byAccount(peer);
      return {
        type: packet.logout,
        fields: {},
        again: 1,
        undo: byAccount,
        check: async (later) => assert.equal(await status(later, packet.getCurrentAccount), 1, "it ended another"),
      };
    },
    setSessionValue: async () => ({
      type: packet.setSessionValue,
      fields: { key: "k", value: "first", ttl: 60 },
      again: 1,
      undo: (peer) => ask(peer, packet.setSessionValue, { key: "k", value: "second" }),
      check: async (peer) => assert.equal((await ask(peer, packet.getSessionValue, { key: "k" }))["value"], "second"),
    }),
    deleteSessionValue: async (peer) => {
      await ask(peer, packet.setSessionValue, { key: "k", value: "v" });
      return {
        type: packet.deleteSessionValue,
        fields: { key: "k" },
        again: 1,
        undo: (later) => ask(later, packet.setSessionValue, { key: "k", value: "v" }),
        check: async (later) => assert.equal(await status(later, packet.getSessionValue, { key: "k" }), 1),
      };
    },
    setPanelEventsSubscription: async (peer) => {
      const { sessionId } = await sessionOf(peer);
      return {
        type: packet.setPanelEventsSubscription,
        fields: { subscribed: true },
        again: 1,
        undo: (later) => ask(later, packet.setPanelEventsSubscription, { subscribed: false }),
        check: async () => {
          const rows = server.db.selectFrom("session").select("subscribedAt").where("id", "=", sessionId);
          assert.equal((await rows.executeTakeFirstOrThrow()).subscribedAt, null);
        },
      };
    },
    endSessions: async (peer) => {
      const { login, id } = await byAccount(peer);
      await userToken(login);
      const check = async () => {
        const rows = server.db.selectFrom("session").select("id").where("accountId", "=", id);
        assert.equal((await rows.where("authorizationId", "is not", null).execute()).length, 2);
      };
      return { type: packet.endSessions, fields: { others: true }, again: 1, undo: () => userToken(login), check };
    },
    attach: async () => {
      const { login } = await newAccount();
      const token = await userToken(login);
      const check = async (peer: RawPeer) => assert.equal(await status(peer, packet.getCurrentAccount), 1);
      return { type: packet.attach, fields: { user_token: token }, again: 7, check };
    },
  };

  async function sessionOf({ resumeId }: RawPeer): Promise<{ sessionId: SessionId }> {
    const rows = server.db.selectFrom("session").select("id").where("secretHash", "=", sha256(resumeId));
    return { sessionId: (await rows.executeTakeFirstOrThrow()).id };
  }

  for (const [index, [name, prepare]] of Object.entries(stories).entries()) {
    const id = ids[index % ids.length] ?? "";
    suite(name, () => {
      test("[LP-RES-2] an answer that was lost is given again, byte for byte, and the change stands once", async () => {
        await using first = await openLive(server, application, nameless());
        const { type, fields, undo, check } = await prepare(first);
        const { frame, status: outcome } = await first.requestAs(id, type, fields);
        assert.equal(outcome, 1);
        await undo?.(first);
        await first.cut();
        await clock.advance(2_000);
        await using second = await RawPeer.resume(server.url, first.resumeId);
        assert.equal((await second.requestAs(id, type, fields)).frame, frame);
        await check(second);
        assert.equal((await second.requestAs(id, type, fields)).frame, frame, "on the same connection as well");
        await second.cut();
        await using third = await RawPeer.resume(server.url, second.resumeId);
        assert.equal((await third.requestAs(id, type, fields)).frame, frame);
      });

      test("[LP-RES-2] the same id with another type is another request, and another id is as well", async () => {
        await using first = await openLive(server, application, nameless());
        const { type, fields, again } = await prepare(first);
        assert.equal((await first.requestAs("7", type, fields))["status"], 1);
        await first.cut();
        await using second = await RawPeer.resume(server.url, first.resumeId);
        if (type !== packet.setSessionValue) {
          const other = await second.requestAs("7", packet.setSessionValue, { key: "other", value: "v" });
          assert.equal(other["status"], 1);
          assert.equal(await status(second, packet.getSessionValue, { key: "other" }), 1);
        }
        if (again !== 1) assert.equal((await second.requestAs("8", type, fields))["status"], again);
      });

      test("[LP-RES-2] in flight on the old connection while the new one sends it again, it runs once and is answered with success", async () => {
        for (const turns of [0, 1, 2, 4, 7]) {
          await using first = await openLive(server, application, nameless());
          const { sessionId } = await sessionOf(first);
          const { type, fields, undo, check } = await prepare(first);
          first.sendAs("7", type, fields);
          if (turns % 2 === 0) first.socket.terminate();
          for (let turn = 0; turn < turns; turn++) await flush();
          await using second = await RawPeer.resume(server.url, first.resumeId);
          const answers = await Promise.all([second.requestAs("7", type, fields), second.requestAs("7", type, fields)]);
          const [frame] = new Set(answers.map((answer) => answer.frame));
          for (const answer of answers) assert.deepEqual([answer["status"], answer.frame], [1, frame]);
          const kept = server.db.selectFrom("answer").selectAll().where("sessionId", "=", sessionId);
          assert.equal((await kept.where("requestId", "=", "7").execute()).length, 1);
          await undo?.(second);
          await check(second);
        }
      });
    });
  }

  test("[LP-RES-2][LP-RES-3] a blacklist stands once, and its session is not given back, not even to who cuts the connection meanwhile", async () => {
    const own = await newApplication(server.console);
    await using witness = await RawPeer.connect(server.url);
    const entries = server.db
      .selectFrom("blacklistEntry")
      .select("value")
      .where("value", "in", ["answered", "cut off"]);
    for (const end of ["answered", "cut off"]) {
      await using peer = await openLive(server, own, end);
      if (end === "answered") assert.equal(await status(peer, packet.blacklist), 1);
      else {
        await server.db.transaction().execute(async (tx) => {
          await tx.updateTable("application").set({ version: "1" }).execute();
          peer.send(packet.blacklist);
          // By the time this is answered the request above has begun; it waits for the application's row.
          await ask(witness, packet.ping);
          await peer.cut();
        });
      }
      await eventually("the entry", async () => (await entries.execute()).some(({ value }) => value === end));
      await peer.cut();
      await using again = await RawPeer.resume(server.url, peer.resumeId);
      assert.equal((await again.closing()).code, 4401);
    }
    assert.equal((await entries.execute()).length, 2);
  });

  suite("initialize", () => {
    const fields = (clientId: string) => ({ websocket_api_key: application.websocketApiKey, client_id: clientId });

    test("[LP-RES-2][LP-INIT-5] repeated with equal fields it is answered with 1 and the connection's own resume id", async () => {
      for (const form of ["header", "packet"] as const) {
        const first = await RawPeer.connect(server.url);
        const { frame, ...answer } = await first.requestAs("7", packet.initialize, fields("client-1"));
        assert.equal(answer["resume_id"], first.resumeId);
        assert.equal((await first.requestAs("7", packet.initialize, fields("client-1"))).frame, frame);
        await first.cut();
        await using second = await RawPeer.resume(server.url, first.resumeId, form);
        if (form === "packet") await second.next();
        const { frame: _, ...again } = await second.requestAs("7", packet.initialize, fields("client-1"));
        assert.deepEqual(again, { ...answer, resume_id: second.resumeId });
      }
    });

    test("[LP-RES-2][LP-CONN-5] with other fields, or as a new request on a connection that was not resumed, it gets 4", async () => {
      const other = await newApplication(server.console);
      await using first = await openLive(server, application, "client-1");
      assert.equal(await status(first, packet.initialize, fields("client-1")), 4);
      await using second = await RawPeer.resume(server.url, first.resumeId);
      assert.equal(await status(second, packet.initialize, fields("client-2")), 4);
      const elsewhere = { ...fields("client-1"), websocket_api_key: other.websocketApiKey };
      assert.equal(await status(second, packet.initialize, elsewhere), 4);
      assert.equal(await status(second, packet.initialize, { ...elsewhere, websocket_api_key: "short" }), 4);
    });
  });

  test("[LP-RES-2] 1000 requests at once are all answered, though no more than 256 are read at a time", async () => {
    await using peer = await openLive(server, application, nameless());
    const sent = new Set<unknown>();
    for (let n = 0; n < 1000; n++) sent.add(peer.send(packet.setSessionValue, { key: `k${n % 8}`, value: `${n}` }));
    for (let n = 0; n < 1000; n++) {
      const answer = await peer.next();
      assert.ok(sent.delete(answer["id"]));
      assert.equal(answer["status"], 1);
    }
  });
});
