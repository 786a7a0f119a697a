import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  ask,
  eventually,
  must,
  newApplication,
  newLicense,
  openLive,
  packet,
  type Product,
  RawPeer,
  startTestServer,
  type TestServer,
} from "@latchkey/testkit";
import fc from "fast-check";

const clients = [0, 1] as const;
type ClientNumber = (typeof clients)[number];
type Operation = "authorize" | "logout" | "set" | "delete" | "create" | "initialize";
/** Where the connection is cut, after which the client resumes and sends again what it has no answer for. */
type Cut = "none" | "before it is sent" | "before it is answered" | "after it is answered";
type Step =
  | { readonly operation: Operation; readonly client: ClientNumber; readonly cut: Cut }
  | { readonly event: "pause" | "unpause" | "restart" };

/** What the one license, which has one seat, and the sessions of two clients come to. */
class Model {
  readonly authorized = new Set<ClientNumber>();
  readonly #withValue = new Set<ClientNumber>();
  #isPaused = false;

  statusOf(operation: Operation, client: ClientNumber, isRepeated: boolean): number {
    switch (operation) {
      case "authorize":
        if (this.authorized.has(client)) return 7;
        if (this.#isPaused) return 104;
        if (this.authorized.size > 0) return 801;
        this.authorized.add(client);
        return 1;
      case "logout":
        return this.authorized.delete(client) ? 1 : 3;
      case "set":
        this.#withValue.add(client);
        return 1;
      case "delete":
        return this.#withValue.delete(client) ? 1 : 700;
      case "create":
        return 1;
      case "initialize":
        return isRepeated ? 1 : 4;
    }
  }

  apply(event: "pause" | "unpause" | "restart"): void {
    if (event === "restart") return;
    this.#isPaused = event === "pause";
    if (this.#isPaused) this.authorized.clear();
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      operation: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom("authorize" as const, "logout" as const) },
        { weight: 4, arbitrary: fc.constantFrom("set" as const, "delete" as const, "initialize" as const) },
        { weight: 1, arbitrary: fc.constant("create" as const) },
      ),
      client: fc.constantFrom(...clients),
      cut: fc.constantFrom<Cut>("none", "before it is sent", "before it is answered", "after it is answered"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ event: fc.constantFrom("pause" as const, "unpause" as const) }) },
  { weight: 1, arbitrary: fc.record({ event: fc.constant("restart" as const) }) },
);

test("[LP-RES-2][LP-RES-3][LP-RES-5][LP-LIC-6] whatever two clients ask, wherever they are cut off, and whenever the server restarts, each request runs once and nobody gets back what was taken", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await using world = await World.open();
      for (const each of steps) await world.take(each);
    }),
    { numRuns: 30, interruptAfterTimeLimit: 15_000 },
  );
});

class World implements AsyncDisposable {
  readonly #model = new Model();
  readonly #directory: string;
  readonly #application: Product;
  readonly #license: string;
  #server: TestServer;
  readonly #peers: RawPeer[] = [];
  readonly #resumed = new Set<ClientNumber>();
  #nextId = 100;

  private constructor(directory: string, server: TestServer, application: Product, license: string) {
    this.#directory = directory;
    this.#server = server;
    this.#application = application;
    this.#license = license;
  }

  static async open(): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), "latchkey-model-"));
    const server = await startTestServer({ settings: { data: directory } });
    const application = await newApplication(server.console, { accountsPerAddressPerDay: null });
    const license = await newLicense(server.console, application, { seats: 1 });
    const world = new World(directory, server, application, license);
    for (const client of clients) world.#peers.push(await openLive(server, application, `client-${client}`));
    return world;
  }

  async take(each: Step): Promise<void> {
    if ("event" in each) await this.#happen(each.event);
    else await this.#ask(each.operation, each.client, each.cut);
    for (const client of clients) {
      const { status } = await this.#peer(client).request(packet.getCurrentLicense);
      assert.equal(
        status,
        this.#model.authorized.has(client) ? 1 : 3,
        `client ${client} after ${JSON.stringify(each)}`,
      );
    }
    const rows = this.#server.db.selectFrom("session").select("id").where("authorizationId", "is not", null);
    assert.equal((await rows.execute()).length, this.#model.authorized.size);
  }

  #peer(client: ClientNumber): RawPeer {
    const peer = this.#peers[client];
    assert.ok(peer);
    return peer;
  }

  async #happen(event: "pause" | "unpause" | "restart"): Promise<void> {
    this.#model.apply(event);
    if (event === "restart") {
      await this.#server[Symbol.asyncDispose]();
      this.#server = await startTestServer({ settings: { data: this.#directory } });
      for (const client of clients) await this.#resume(client);
      return;
    }
    const named = { license: this.#license, applicationId: this.#application.id };
    await must(this.#server.console, event === "pause" ? "pauseLicense" : "unpauseLicense", named);
    if (event === "unpause") return;
    for (const client of clients) {
      const isOver = async () => (await ask(this.#peer(client), packet.getCurrentLicense))["status"] === 3;
      await eventually("the pause to be enforced", isOver);
    }
  }

  async #ask(operation: Operation, client: ClientNumber, cut: Cut): Promise<void> {
    const id = `${this.#nextId++}`;
    const [type, fields] = this.#request(operation, client, id);
    if (cut !== "none") this.#resumed.add(client);
    const expected = this.#model.statusOf(operation, client, this.#resumed.has(client));
    let before: string | undefined;
    if (cut === "before it is sent") await this.#resume(client);
    if (cut === "before it is answered") {
      this.#peer(client).sendAs(id, type, fields);
      await this.#resume(client);
    }
    if (cut === "after it is answered") {
      before = (await this.#peer(client).requestAs(id, type, fields)).frame;
      await this.#resume(client);
    }
    const { status, frame } = await this.#peer(client).requestAs(id, type, fields);
    assert.equal(status, expected, `${operation} of client ${client}, cut ${cut}`);
    if (before !== undefined && operation !== "initialize") assert.equal(frame, before);
  }

  #request(operation: Operation, client: ClientNumber, id: string): [number, object] {
    switch (operation) {
      case "authorize":
        return [packet.authorizeByLicense, { license: this.#license }];
      case "logout":
        return [packet.logout, {}];
      case "set":
        return [packet.setSessionValue, { key: "k", value: id }];
      case "delete":
        return [packet.deleteSessionValue, { key: "k" }];
      case "create":
        return [packet.createAccount, { login: `user-${id}`, password: "secret" }];
      case "initialize": {
        const { websocketApiKey } = this.#application;
        return [packet.initialize, { websocket_api_key: websocketApiKey, client_id: `client-${client}` }];
      }
    }
  }

  async #resume(client: ClientNumber): Promise<void> {
    const before = this.#peer(client);
    before.socket.terminate();
    this.#peers[client] = await RawPeer.resume(this.#server.url, before.resumeId);
    this.#resumed.add(client);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#peers) await peer.cut();
    await this.#server[Symbol.asyncDispose]();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
