import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { ApplicationSettings } from "@latchkey/protocol";
import { addAccount, ManualClock, newApplication, RestPeer, startTestServer, type TestServer } from "@latchkey/testkit";
import type { Account, NewAccount } from "#storage/tables.ts";

const unknownId = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0";
const ann = "ann@example.com";
const bob = "bob@example.com";

suite("reading an account", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ clock: new ManualClock() });
  });
  after(() => server[Symbol.asyncDispose]());

  async function open(settings: Partial<ApplicationSettings> = {}) {
    const product = await newApplication(server.console, settings);
    const rest = RestPeer.of(server, product);
    const account = await addAccount(server, product, { login: ann });
    return { product, rest, account, serverCode: RestPeer.of(server, product, "BL") };
  }

  /** Both rows that show an account: the answers have to be the same. */
  async function read(rest: RestPeer, id: string, token?: string): Promise<unknown> {
    const asUser = await rest.get(`/users/${id}`, token);
    const asData = await rest.get(`/data/Users/${id}`, token);
    assert.deepEqual([asUser.status, asUser.text], [asData.status, asData.text]);
    return asUser.status === 200 ? asUser.fields["objectId"] : asUser.fields["code"];
  }

  test("[US-TABLE-1] [US-KEY-1] [US-KEY-2] [US-KEY-3] [US-SEC-13] who is shown which account", async () => {
    const foreign = (await open()).account.id;
    for (const userAccess of ["self", "open"] as const) {
      const { product, rest, account, serverCode } = await open({ userAccess });
      const other = (await addAccount(server, product, { login: bob })).id;
      const own = account.id;
      const token = await rest.login(ann);
      const shown = (id: string) => (userAccess === "open" ? id : 3057);
      const cases: [string, RestPeer, string | undefined, unknown, unknown][] = [
        ["anonymous", rest, undefined, shown(own), shown(other)],
        ["empty token", rest, "", shown(own), shown(other)],
        ["user", rest, token, own, shown(other)],
        ["server code", serverCode, undefined, own, other],
        ["server code with a user", serverCode, token, own, other],
        ["dead token", rest, "dead", 3064, 3064],
        ["server code with a dead token", serverCode, "dead", 3064, 3064],
      ];
      for (const [who, peer, given, forOwn, forOther] of cases) {
        const title = `${who} under ${userAccess}`;
        assert.equal(await read(peer, own, given), forOwn, title);
        assert.equal(await read(peer, other, given), forOther, title);
        const nobody = given === "dead" ? 3064 : 3057;
        for (const id of [unknownId, foreign, "x", own.toLowerCase()]) {
          assert.equal(await read(peer, id, given), nobody, `${title}: ${id}`);
        }
      }
    }
  });

  test("[US-TABLE-1] a stranger is told the same of an account that exists as of none", async () => {
    const { rest, account } = await open();
    assert.equal((await rest.get(`/users/${account.id}`)).text, (await rest.get(`/users/${unknownId}`)).text);
  });

  test("[US-DATA-1] [US-DATA-2] [US-DATA-3] [US-DATA-4] [US-DATA-5] every sort of account in its shape", async () => {
    const plain = {
      ___class: "Users",
      email: null,
      name: null,
      login: ann,
      blUserLocale: null,
      userStatus: "ENABLED",
      socialAccount: "BACKENDLESS",
      oAuthIdentities: null,
      created: 1,
      updated: null,
      lastLogin: null,
    };
    const cases: [Partial<NewAccount>, object][] = [
      [{}, {}],
      [{ status: "disabled" }, { userStatus: "DISABLED" }],
      [{ status: "unconfirmed" }, { userStatus: "EMAIL_CONFIRMATION_PENDING" }],
      [{ status: "guest" }, { userStatus: "GUEST" }],
      [
        { email: "Ann@Example.com", locale: "de", updatedAt: 2, lastLoginAt: 3 },
        { email: "Ann@Example.com", blUserLocale: "de", updated: 2, lastLogin: 3 },
      ],
      [
        { properties: '{"name":"Ann","plan":"pro","nested":{"a":[1]}}', comment: "operator's", levels: '["gold"]' },
        { name: "Ann", plan: "pro", nested: { a: [1] } },
      ],
    ];
    for (const [changes, expected] of cases) {
      const { account, serverCode } = await open();
      await change(account, changes);
      const { body } = await serverCode.get(`/users/${account.id}`);
      assert.deepEqual(body, { ...plain, objectId: account.id, ownerId: account.id, ...expected });
    }
  });

  test("[US-KEY-3] a live token with a BL key reads as its user and with the rights of the key", async () => {
    const { rest, serverCode, account } = await open();
    const token = await rest.login(ann);
    assert.deepEqual((await serverCode.get("/users/userroles", token)).body, ["ServerCodeUser", "AuthenticatedUser"]);
    assert.equal(await read(serverCode, account.id, token), account.id);
  });

  function change(account: Account, changes: Partial<NewAccount>): Promise<unknown> {
    return server.db
      .updateTable("account")
      .set({ comment: null, ...changes })
      .where("id", "=", account.id)
      .execute();
  }
});
