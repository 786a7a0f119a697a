import * as assert from "node:assert/strict";
import { encodeRequest, Status } from "@latchkey/protocol";
import type { Declare, Seeds } from "@latchkey/testkit";
import { StandingClock } from "@latchkey/testkit/standing-clock.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { Ending } from "./connection.ts";
import { endpointAt } from "./endpoint.ts";
import { orThrow } from "./errors.ts";
import type { Resumption } from "./hooks.ts";
import { Line } from "./line.ts";
import type { PanelEvent } from "./panel-event.ts";
import { Session } from "./session.ts";
import type { SessionOptions } from "./session.ts";

/** What becomes of a session when its connection is lost, in every runtime. */
export function resumeContract(test: Declare, seeds: Seeds): void {
  /** A session behind a network of its own, initialized, and what it has told. */
  async function behindNetwork(options: Omit<SessionOptions, "url"> = {}) {
    const network = await seeds.newNetwork();
    const product = await seeds.newApplication({ accountsPerAddressPerDay: null });
    const session = new Session({ url: network.url, ...options });
    const resumptions: Resumption[] = [];
    const endings: Ending[] = [];
    session.on("resumed", (resumption) => resumptions.push(resumption));
    session.on("shutdown", (ending) => endings.push(ending));
    await session.connect();
    orThrow(await session.initialize(product.websocketApiKey, "client-1"));
    const end = async () => {
      await session.shutdown();
      await network[Symbol.asyncDispose]();
    };
    return { network, product, session, resumptions, endings, [Symbol.asyncDispose]: end };
  }

  async function loginsOf(applicationId: string): Promise<(string | undefined)[]> {
    const { accounts } = await seeds.operate("listAccounts", { applicationId });
    return accounts.map(({ login }) => login);
  }

  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`waited 10 s for ${what}`);
      await turn();
    }
  }

  test("[LP-SDK-3] a call whose answer is lost is answered after the resume, and was carried out once", async () => {
    await using all = await behindNetwork();
    const { network, product, session, resumptions } = all;
    await network.stall("toClient");
    const creation = session.createAccount({ login: "anna", password: "secret" });
    await until("the account", async () => (await loginsOf(product.id)).includes("anna"));
    await network.cut();
    assert.equal((await creation).status, Status.Ok);
    assert.equal(session.isConnected, true);
    assert.deepEqual(resumptions, [{ isAuthorized: false }]);
    assert.deepEqual(await loginsOf(product.id), ["anna"]);
  });

  test("[LP-SDK-3] a call that never arrived is made after the resume: a logout during a cut holds", async () => {
    await using all = await behindNetwork();
    const { network, product, session, resumptions } = all;
    orThrow(await session.authorize(await seeds.newLicense(product)));
    await network.stall("toServer");
    const logout = session.logout();
    await network.cut();
    assert.equal(await logout, Status.Ok);
    assert.deepEqual(resumptions, [{ isAuthorized: true }], "as of the resume");
    await network.cut();
    assert.equal((await session.getCurrentLicense()).status, Status.NotAuthorized);
  });

  test("[LP-SDK-3] calls made while there is no connection wait for the next, in their order", async () => {
    await using all = await behindNetwork();
    const { network, product, session, endings } = all;
    const key = await seeds.newLicense(product, { levels: ["pro"] });
    assert.equal(await session.setSessionValue("before", "kept"), Status.Ok);
    await network.refuse();
    await network.cut();
    await until("the loss", () => !session.isConnected);
    const calls = [session.authorize(key), session.getCurrentLicense(), session.logout(), session.logout()] as const;
    await assert.rejects(session.withTimeout(20).ping(), { code: "timeout" });
    await network.heal();
    const [license, current, logout, again] = await Promise.all(calls);
    assert.deepEqual([license.status, current.levels, logout, again], [Status.Ok, ["pro"], Status.Ok, 3]);
    assert.equal(orThrow(await session.getSessionValue("before")).value, "kept");
    assert.deepEqual(endings, []);
  });

  test("[LP-SDK-3] what was revoked meanwhile is revoked after the resume", async () => {
    await using all = await behindNetwork();
    const { network, product, session, resumptions } = all;
    const license = await seeds.newLicense(product);
    orThrow(await session.authorize(license));
    await network.refuse();
    await network.cut();
    await until("the loss", () => !session.isConnected);
    await seeds.operate("blacklistLicense", { applicationId: product.id, license });
    await network.heal();
    assert.equal((await session.getCurrentLicense()).status, Status.NotAuthorized);
    assert.deepEqual(resumptions, [{ isAuthorized: false }]);
  });

  test("[LP-SDK-3] [LP-EVT-4] the subscription outlives the loss, and events have their names", async () => {
    await using all = await behindNetwork();
    const { network, product, session } = all;
    const day = 86_400_000;
    const license = await seeds.newLicense(product, { durationMs: day });
    const { expiresAt } = orThrow(await session.authorize(license));
    assert.equal(await session.enablePanelEvents(), Status.Ok);
    const told: PanelEvent[] = [];
    const stop = session.on("panelEvent", (event) => told.push(event));
    await network.cut();
    assert.equal(await session.ping(), Status.Ok);
    await seeds.operate("extendLicense", { applicationId: product.id, license, durationMs: day });
    await until("the event", () => told.length > 0);
    const content = { expiresAt: String(expiresAt + 86_400) };
    assert.deepEqual(told, [{ name: "licenseExtended", type: 800, content }]);
    stop();
    assert.equal(await session.enablePanelEvents(false), Status.Ok);
  });

  test("[LP-SDK-3] where the session has ended meanwhile, calls fail and the hook says the close code", async () => {
    await using all = await behindNetwork();
    const { network, product, session, endings, resumptions } = all;
    await network.refuse();
    await network.cut();
    await until("the loss", () => !session.isConnected);
    const waiting = session.getOnlineUsersCount();
    const { sessions } = await seeds.operate("findSessions", { applicationId: product.id });
    await seeds.operate("endSession", { sessionId: sessions[0]!.id });
    await network.heal();
    await assert.rejects(waiting, { code: "closed", closeCode: 4401 });
    await until("the hook", () => endings.length > 0);
    assert.deepEqual(endings, [{ closeCode: 4401, reason: "resume ID was not found or it is expired" }]);
    assert.deepEqual(resumptions, []);
    await assert.rejects(session.ping(), { code: "closed", closeCode: 4401 });
  });

  test("[LP-SDK-3] a session that is taken over elsewhere is left to whoever has it", async () => {
    let resumeId = "";
    class Tapped extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener("message", ({ data }) => {
          const { resume_id: id } = JSON.parse(String(data)) as { readonly resume_id?: string };
          resumeId = id ?? resumeId;
        });
      }
    }
    await using all = await behindNetwork({ WebSocket: Tapped });
    const { session, endings } = all;
    const elsewhere = new WebSocket(`${seeds.url.replace("http", "ws")}/live`);
    await new Promise((resolve) => elsewhere.addEventListener("open", resolve));
    elsewhere.send(encodeRequest("resume", 1, { resumeId }));
    await until("the end", () => endings.length > 0);
    assert.deepEqual(endings, [{ closeCode: 4450, reason: "session resumed elsewhere" }]);
    await assert.rejects(session.ping(), { code: "closed", closeCode: 4450 });
    elsewhere.close(1000);
  });

  test("without the option, and before initialize, a lost connection is an ended one", async () => {
    await using all = await behindNetwork({ resume: false });
    await all.network.stall("toClient");
    const pending = all.session.ping();
    await all.network.cut();
    await assert.rejects(pending, { code: "closed", closeCode: 1006 });

    const session = new Session({ url: all.network.url });
    await session.connect();
    await all.network.stall("toClient");
    const early = session.initialize(all.product.websocketApiKey, "client-1");
    await all.network.cut();
    await assert.rejects(early, { code: "closed", closeCode: 1006 });
  });

  test("[LP-SDK-2] shutdown ends what waits for a connection, and nothing is tried after it", async () => {
    await using all = await behindNetwork();
    const { network, session, endings, resumptions } = all;
    await network.refuse();
    await network.cut();
    await until("the loss", () => !session.isConnected);
    const waiting = session.ping();
    await session.shutdown();
    await assert.rejects(waiting, { code: "shutdown" });
    await network.heal();
    await assert.rejects(session.ping(), { code: "not_connected" });
    assert.deepEqual([endings.length, resumptions.length], [1, 0]);
  });

  test("withSignal ends its own calls alone, also while there is no connection", async () => {
    await using all = await behindNetwork();
    const { network, session } = all;
    const stop = new AbortController();
    const stoppable = session.withTimeout(5_000).withSignal(stop.signal);
    assert.equal(await stoppable.ping(), Status.Ok, "the same connection");
    await network.refuse();
    await network.cut();
    await until("the loss", () => !session.isConnected);
    const [stopped, other] = [stoppable.ping(), session.ping()];
    stop.abort("enough");
    await assert.rejects(stopped, { code: "aborted", cause: "enough" });
    await assert.rejects(stoppable.logout(), { code: "aborted" });
    await network.heal();
    assert.equal(await other, Status.Ok);

    await using aborted = new Session({ url: seeds.url });
    await assert.rejects(aborted.withSignal(stop.signal).connect(), { code: "aborted" });
    const during = new AbortController();
    const connecting = aborted.withSignal(during.signal).connect();
    during.abort();
    await assert.rejects(connecting, { code: "aborted" });
    assert.deepEqual(await aborted.connect(), { location: "test" });
  });

  /** A line with a clock of the test's own, initialized. */
  async function lineBehindNetwork(clock: Clock) {
    const network = await seeds.newNetwork();
    const product = await seeds.newApplication({ accountsPerAddressPerDay: null });
    const line = new Line({ endpoint: endpointAt(network.url), WebSocket, clock, resume: true });
    const terms = { timeoutMs: 3_600_000 };
    const resumed: Resumption[] = [];
    line.hooks.on("resumed", (resumption) => resumed.push(resumption));
    await line.connect(terms);
    const { websocketApiKey } = product;
    await line.ask({ packet: "initialize", input: { websocketApiKey, clientId: "client-1" }, terms });
    const end = async () => {
      await line.shutdown(1_000_000);
      await network[Symbol.asyncDispose]();
    };
    return { network, product, line, terms, resumed, [Symbol.asyncDispose]: end };
  }

  test("[LP-SDK-3] a connection on which nothing comes any more is noticed and replaced", async () => {
    const clock = new StandingClock();
    await using all = await lineBehindNetwork(clock);
    const { network, line, terms, resumed } = all;
    await network.stall("toClient", "toServer");
    const call = line.ask({ packet: "getOnlineUsersCount", input: {}, terms });
    clock.advance(4_000);
    assert.equal(line.isConnected, true, "it is asked for a sign of life first");
    clock.advance(4_000);
    assert.equal(line.isConnected, false);
    clock.advance(500);
    assert.equal((await call).status, Status.Ok);
    assert.equal(resumed.length, 1);
    await network.heal();
    assert.equal((await line.ask({ packet: "ping", input: {}, terms })).status, Status.Ok, "the old one is forgotten");
  });

  test("[LP-SDK-3] when the server is gone for good, calls end with the resume window, and no timer is left", async () => {
    const clock = new StandingClock();
    await using all = await lineBehindNetwork(clock);
    const { network, line, terms, resumed } = all;
    const endings: Ending[] = [];
    line.hooks.on("shutdown", (ending) => endings.push(ending));
    await network.refuse();
    await network.cut();
    await until("the loss", () => !line.isConnected);
    const call = line.ask({ packet: "ping", input: {}, terms });
    let error: unknown;
    void call.catch((reason: unknown) => (error = reason));
    const lostAt = clock.now();
    await until("the end", async () => {
      if (endings.length === 0) clock.advance(1_000);
      await turn();
      return endings.length > 0;
    });
    await assert.rejects(call, { code: "closed", closeCode: 1006 });
    assert.ok(error instanceof Error);
    assert.equal(endings[0]?.closeCode, 1006);
    assert.ok(clock.now() - lostAt >= 300_000, String(clock.now() - lostAt));
    assert.equal(clock.timers, 0);
    assert.deepEqual(resumed, []);
  });

  test("[LP-SDK-3] a page that is back online does not wait for the next attempt", async () => {
    const scope: unknown = globalThis;
    // Only pages and their workers are told; elsewhere the wait is short enough.
    if (!(scope instanceof EventTarget)) return;
    const clock = new StandingClock();
    await using all = await lineBehindNetwork(clock);
    const { network, line, terms } = all;
    await network.cut();
    await until("the loss", () => !line.isConnected);
    const call = line.ask({ packet: "ping", input: {}, terms });
    scope.dispatchEvent(new Event("online"));
    assert.equal((await call).status, Status.Ok);
  });

  for (const seed of [1, 2, 3]) {
    test(`[LP-SDK-3] whatever is cut, every call is answered, once, and the state is what it says (seed ${seed})`, async () => {
      const random = randomFrom(seed);
      const upTo = (max: number) => Math.floor(random() * max);
      await using all = await lineBehindNetwork({ ...systemClock, random: () => 0 });
      const { network, product, line, terms, resumed } = all;
      const model = new Map<string, string>();
      const latest = new Map<string, Promise<unknown>>();
      const logins: string[] = [];
      await network.cutAfter(...Array.from({ length: 12 }, () => 300 + upTo(2_000)));
      await network.cut();

      const expected: number[] = [];
      const calls: Promise<{ readonly status: number }>[] = [];
      for (let step = 0; step < 40; step++) {
        const key = `key-${upTo(5)}`;
        const kind = upTo(4);
        if (kind === 0 && logins.length < 8) {
          const input = { login: `user-${step}`, password: "secret" };
          logins.push(input.login);
          calls.push(line.ask({ packet: "createAccount", input, terms }));
          expected.push(Status.Ok);
        } else {
          // Of two requests at once either may be first.
          await latest.get(key);
          const value = String(step);
          const isDeletion = kind === 1;
          const call = isDeletion
            ? line.ask({ packet: "deleteSessionValue", input: { key }, terms })
            : line.ask({ packet: "setSessionValue", input: { key, value }, terms });
          expected.push(isDeletion && !model.delete(key) ? Status.StoreValueNotFound : Status.Ok);
          if (!isDeletion) model.set(key, value);
          latest.set(key, call);
          calls.push(call);
        }
        // Some calls go together, some one after another.
        if (upTo(3) > 0) await calls.at(-1);
        if (upTo(8) === 0) await network.cut();
      }
      const answers = await Promise.all(calls);
      assert.deepEqual(
        answers.map(({ status }) => status),
        expected,
      );
      assert.ok(resumed.length > 3, `it was cut: ${resumed.length}`);
      await network.heal();
      for (const [key, value] of model) {
        const { output } = await line.ask({ packet: "getSessionValue", input: { key }, terms });
        assert.equal(output["value"], value);
      }
      assert.deepEqual((await loginsOf(product.id)).sort(), logins.sort());
    });
  }
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets the platform get on with what is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
