import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { InputOf } from "@latchkey/protocol";
import {
  addAccount,
  ask,
  type Cause,
  judge,
  knownPassword,
  must,
  newApplication,
  newLicense,
  onEachDatabase,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";

onEachDatabase("get_variable", (newDatabase) => {
  let server: TestServer;
  let application: Product;
  before(async () => {
    server = await startTestServer({ settings: await newDatabase() });
    application = await newApplication(server.console);
    await addAccount(server, application, { login: "anna" });
    await set({ name: "public", content: "for all", public: true });
    await set({ name: "protected", content: "for users", public: false });
  });
  after(() => server[Symbol.asyncDispose]());

  function set(variable: Omit<InputOf<"setVariable">, "applicationId">, { id }: Product = application) {
    return must(server.console, "setVariable", { applicationId: id, ...variable });
  }

  const get = (peer: RawPeer, name: unknown) => ask(peer, packet.getVariable, { name });

  test("[LP-VAR-1] a public variable needs no authorization, a protected one any", async () => {
    const license = await newLicense(server.console, application);
    const ways = {
      none: (peer: RawPeer) => ask(peer, packet.ping),
      license: (peer: RawPeer) => ask(peer, packet.authorizeByLicense, { license }),
      account: (peer: RawPeer) => ask(peer, packet.authorizeByCredentials, { login: "anna", password: knownPassword }),
    };
    for (const [way, authorize] of Object.entries(ways)) {
      await using peer = await openLive(server, application);
      assert.equal((await authorize(peer))["status"], 1);
      assert.deepEqual(await get(peer, "public"), { content: "for all", status: 1 });
      const expected = way === "none" ? { status: 3 } : { content: "for users", status: 1 };
      assert.deepEqual(await get(peer, "protected"), expected, way);
      await ask(peer, packet.logout);
      assert.deepEqual(await get(peer, "protected"), { status: 3 }, way);
    }
  });

  test("[LP-VAR-1] refusals come in the order 401, 400, 3", async () => {
    interface Aspects {
      name: { is: string };
      session: { authorized: boolean };
    }
    const causes: readonly Cause<Aspects>[] = [
      [401, { name: { is: "" } }],
      [401, { name: { is: "ab" } }],
      [401, { name: { is: "🔑🔑" } }],
      [400, { name: { is: "abc" } }],
      [400, { name: { is: "Public" } }],
      [400, { name: { is: "x".repeat(257) } }],
      [3, { name: { is: "protected" }, session: { authorized: false } }],
    ];
    const license = await newLicense(server.console, application);
    const { observed, expected } = await judge(causes, async ({ name, session }) => {
      await using peer = await openLive(server, application);
      if (session?.authorized !== false) await ask(peer, packet.authorizeByLicense, { license });
      const answer = await get(peer, name?.is);
      assert.deepEqual(answer, { status: answer["status"] });
      return answer["status"];
    });
    assert.deepEqual(observed, expected);
  });

  test("[LP-VAR-1] another application's variable is not found", async () => {
    const other = await newApplication(server.console);
    await using peer = await openLive(server, other);
    assert.deepEqual(await get(peer, "public"), { status: 400 });
    await set({ name: "public", content: "theirs", public: true }, other);
    assert.deepEqual(await get(peer, "public"), { content: "theirs", status: 1 });
    await using own = await openLive(server, application);
    assert.deepEqual(await get(own, "public"), { content: "for all", status: 1 });
  });

  test("[LP-VAR-1] a name that is no text closes with 4302, and before initialize it closes with 4200", async () => {
    await using peer = await openLive(server, application);
    peer.send(packet.getVariable, { name: 7 });
    assert.equal((await peer.closing()).code, 4302);
    await using early = await RawPeer.connect(server.url);
    early.send(packet.getVariable, { name: "public" });
    assert.equal((await early.closing()).code, 4200);
  });

  suite("as the operator sets it", () => {
    test("[LP-VAR-1] holds up to 16,000 characters, counted as such", async () => {
      await using peer = await openLive(server, application);
      for (const character of ["x", "é", "🔑"]) {
        const content = character.repeat(16_000);
        await set({ name: "long", content, public: true });
        assert.deepEqual(await get(peer, "long"), { content, status: 1 });
        const tooLong = { applicationId: application.id, name: "long", content: content + character, public: true };
        const outcome = await server.console.call("setVariable", tooLong);
        assert.deepEqual(outcome, { ok: false, refusal: "variableTooLong" });
        assert.deepEqual(await get(peer, "long"), { content, status: 1 });
      }
      await set({ name: "long", content: "", public: true });
      assert.deepEqual(await get(peer, "long"), { content: "", status: 1 });
    });

    test("[LP-VAR-1] has a name of 3 to 256 characters", async () => {
      const outcomes: Record<number, unknown> = {};
      for (const length of [0, 2, 3, 256, 257]) {
        const name = "🔑".repeat(length);
        const variable = { applicationId: application.id, name, content: "x", public: true };
        const outcome = await server.console.call("setVariable", variable);
        outcomes[length] = outcome.ok || ("refusal" in outcome && outcome.refusal);
      }
      const refused = "variableNameInvalid";
      assert.deepEqual(outcomes, { 0: refused, 2: refused, 3: true, 256: true, 257: refused });
    });

    test("[LP-VAR-1] can be set anew, protected, listed and deleted, and sessions see it at once", async () => {
      const own = await newApplication(server.console);
      await using peer = await openLive(server, own);
      await set({ name: "motd", content: "one", public: true }, own);
      await set({ name: "motd", content: "two", public: true }, own);
      await set({ name: "alpha", content: "", public: false }, own);
      assert.deepEqual(await get(peer, "motd"), { content: "two", status: 1 });
      const { variables } = await must(server.console, "listVariables", { applicationId: own.id });
      assert.deepEqual(variables, [
        { name: "alpha", content: "", public: false },
        { name: "motd", content: "two", public: true },
      ]);
      await set({ name: "motd", content: "two", public: false }, own);
      assert.deepEqual(await get(peer, "motd"), { status: 3 });
      const motd = { applicationId: own.id, name: "motd" };
      await must(server.console, "deleteVariable", motd);
      assert.deepEqual(await get(peer, "motd"), { status: 400 });
      const again = await server.console.call("deleteVariable", motd);
      assert.deepEqual(again, { ok: false, refusal: "variableNotFound" });
    });

    test("[LP-VAR-1] needs an application that exists", async () => {
      const missing = { applicationId: "none" };
      const outcomes = [
        await server.console.call("setVariable", { ...missing, name: "motd", content: "", public: true }),
        await server.console.call("listVariables", missing),
      ];
      for (const outcome of outcomes) assert.deepEqual(outcome, { ok: false, refusal: "applicationNotFound" });
    });
  });
});
