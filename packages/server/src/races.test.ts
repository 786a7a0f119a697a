import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  newApplication,
  newLicense,
  type PostgresServer,
  type Product,
  RawPeer,
  startPostgres,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

const racers = 50;

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

for (const database of ["SQLite", "PostgreSQL"]) {
  suite(`races on ${database}`, () => {
    let server: TestServer;
    before(async () => {
      const url: string = database === "SQLite" ? "" : await postgres.newDatabase();
      const wide = { signInsPerAddress: "1000", signInsPerIdentity: "1000", hashWaiting: "1000" };
      server = await startTestServer({ settings: { database: url, ...wide } });
    });
    after(() => server[Symbol.asyncDispose]());

    test("[LP-ACC-3] of 50 clients that create one login at once exactly one wins", async () => {
      const application = await newApplication(server.console, { accountsPerAddressPerDay: null });
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer, n) =>
        peer.request(1, { login: n % 2 ? "Alice" : "alice ", password: "secret" }),
      );
      assert.deepEqual(statuses, tally({ 1: 1, 202: racers - 1 }));
    });

    test("[LP-ACC-4] of 50 clients of one address exactly three create an account without a license", async () => {
      const application = await newApplication(server.console);
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer, n) => peer.request(1, { login: `user-${n}`, password: "secret" }));
      assert.deepEqual(statuses, tally({ 1: 3, 5: racers - 3 }));
    });

    test("[LP-ACC-5] of 50 clients that create accounts with one license exactly one wins, and the others leave no account", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application);
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer, n) =>
        peer.request(1, { login: `user-${n}`, password: "secret", license }),
      );
      assert.deepEqual(statuses, tally({ 1: 1, 106: racers - 1 }));
      const accounts = await server.console.call("listAccounts", { applicationId: application.id });
      assert.equal(accounts.ok && accounts.output.accounts.length, 1);
    });

    test("[LP-ACC-8] of 50 clients that race for the last place under the account quota exactly one wins", async () => {
      const application = await newApplication(server.console, { accountQuota: 1, accountsPerAddressPerDay: null });
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer, n) => peer.request(1, { login: `user-${n}`, password: "secret" }));
      assert.deepEqual(statuses, tally({ 1: 1, 603: racers - 1 }));
    });

    test("[LP-INIT-3] of 50 clients that race for the session quota exactly as many as it allows are authorized", async () => {
      const application = await newApplication(server.console, { sessionQuota: 7 });
      const license = await newLicense(server.console, application);
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer) => peer.request(2, { license }));
      assert.deepEqual(statuses, tally({ 1: 7, 602: racers - 7 }));
    });

    test("[LP-LIC-6] of 50 clients that race for a license's seats exactly as many as it has are authorized", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, { seats: 5 });
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer) => peer.request(2, { license }));
      assert.deepEqual(statuses, tally({ 1: 5, 801: racers - 5 }));
    });

    test("[LP-LIC-2] of 50 clients that race for a license that binds exactly one is bound", async () => {
      const application = await newApplication(server.console);
      const license = await newLicense(server.console, application, { bindsClient: true });
      await using peers = await connect(server, application);
      const statuses = await peers.race((peer) => peer.request(2, { license }));
      assert.deepEqual(statuses, tally({ 1: 1, 502: racers - 1 }));
    });

    test("[US-REG-7] of 50 parallel registrations with one identity one succeeds", async () => {
      const application = await newApplication(server.console);
      const codes = await Promise.all(
        Array.from({ length: racers }, () =>
          call(server, application, "register", { email: "a@b.example", password: "secret" }),
        ),
      );
      assert.equal(codes.filter((code) => code === 3033).length, racers - 1);
      assert.equal(codes.filter((code) => code === undefined).length, 1);
    });

    test("[US-SESS-23] parallel logins never leave more sessions than the policy allows", async () => {
      const application = await newApplication(server.console, { enableMultipleLogins: true, maxConcurrentLogins: 4 });
      const credentials = { login: "a@b.example", password: "secret" };
      await call(server, application, "register", { email: credentials.login, password: credentials.password });
      const codes = await Promise.all(
        Array.from({ length: 20 }, () => call(server, application, "login", credentials)),
      );
      assert.equal(codes.filter((code) => code === undefined).length, 4);
      assert.equal(codes.filter((code) => code === 3044).length, 16);
    });
  });
}

/** Initialized clients, one client id each. */
async function connect(server: TestServer, { websocketApiKey }: Product) {
  const peers = await Promise.all(Array.from({ length: racers }, () => RawPeer.connect(server.url)));
  await Promise.all(
    peers.map((peer, n) => peer.request(0, { websocket_api_key: websocketApiKey, client_id: `client-${n}` })),
  );
  return {
    /** Sends one request from each at once, and counts the statuses of the answers. */
    async race(request: (peer: RawPeer, n: number) => ReturnType<RawPeer["request"]>) {
      const answers = await Promise.all(peers.map(request));
      const counts = new Map<number, number>();
      for (const { status } of answers) counts.set(Number(status), (counts.get(Number(status)) ?? 0) + 1);
      return counts;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(peers.map((peer) => peer[Symbol.asyncDispose]()));
    },
  };
}

function tally(counts: Record<number, number>): Map<number, number> {
  return new Map(Object.entries(counts).map(([status, count]) => [Number(status), count]));
}

/** Calls the user service; answers the error code, or nothing for success. */
async function call(server: TestServer, { id, apiKeys }: Product, name: string, body: object): Promise<unknown> {
  const response = await fetch(`${server.url}/${id}/${apiKeys.BL ?? ""}/users/${name}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return typeof answer === "object" && answer && "code" in answer ? answer.code : undefined;
}
