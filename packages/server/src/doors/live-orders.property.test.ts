import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InputOf, OperationName, PacketName } from "@latchkey/protocol";
import {
  CloseCode,
  definitionOf,
  events,
  fieldsOf,
  isPacketName,
  operationNames,
  operations,
  outputOf,
  Status,
  statusOf,
} from "@latchkey/protocol";
import {
  addAccount,
  knownPassword,
  newApplication,
  newLicense,
  type Product,
  RawPeer,
  RestPeer,
  startTestServer,
  type TestServer,
  within,
} from "@latchkey/testkit";
import fc from "fast-check";
import * as v from "valibot";

// Each run is some 600 answered frames.
const runs = 66;
const clientsAtOnce = 4;
const burstsPerClient = 12;
const framesAtLeast = 36_000;

let server: TestServer;
before(async () => {
  // Most sign-ins are to be refused without a hash: this is about orders, not about passwords.
  const settings = {
    hashConcurrency: "2",
    hashWaiting: "4",
    signInsPerAddress: "200",
    blacklistsPerAddress: "1000000",
  };
  server = await startTestServer({ settings });
});
after(() => server[Symbol.asyncDispose]());

const packets = operationNames.filter(isPacketName);

/** What a field may hold besides nonsense. A placeholder is filled in when it is sent. */
const pools: Readonly<Record<string, readonly unknown[]>> = {
  websocket_api_key: ["$key", "$key", "$key", "BA0123456789ABCDEFGHI", "short"],
  client_id: ["client-0", "client-1", "client-2", "abc"],
  login: ["ann.smith", "bob.brown", "ann.smith", "x"],
  password: [knownPassword, knownPassword, "wrong horse", "x"],
  license: ["$license", "$license", "$license", "NO-SUCH-LICENSE", "short"],
  resume_id: ["$resume", "$resume", "$resume", "no-such-id"],
  user_token: ["$token", "$token", "no-such-token"],
  session_id: ["$session", "no-such-session"],
  credentials_type: [0, 1, 7],
  name: ["motd", "secret", "absent", "ab"],
  key: ["a", "b", "c", "k".repeat(256)],
  value: ["v", "", "x".repeat(9000)],
  ttl: [0, -1, 1, 60, 2 ** 50],
  subscribed: [true, true, false],
  others: [true, true, false],
  comment: ["c", "💣".repeat(300)],
  protocol_version: [0, 7],
};
const awkward = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>("", "\0", "\ud800", -1, 1.5, 1e308, null, true, [], {}, "x".repeat(5000)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

function isWriting(name: PacketName): boolean {
  const { once, exclusive } = definitionOf(name);
  return once === true || exclusive === true;
}

const closing: readonly PacketName[] = ["resume", "blacklist"];
/** Frames after a close are not read: what closes is to be rare enough for long orders. */
const packetName = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...packets.filter((name) => !closing.includes(name))) },
  // What only reads costs little and shows what the others have come to.
  { weight: 60, arbitrary: fc.constantFrom(...packets.filter((name) => !isWriting(name))) },
  { weight: 1, arbitrary: fc.constantFrom(...closing) },
);

const packet = packetName.chain((name) =>
  fc.record({
    name: fc.constant(name),
    fields: fc.record(
      Object.fromEntries(
        fieldsOf(name).input.map(({ wireName }) => [wireName, fc.constantFrom(...(pools[wireName] ?? ["x"]))]),
      ),
    ),
    /** One field in some packets is nonsense, or is not there. */
    broken: fc.oneof(
      { weight: 80, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.record({ field: fc.nat(), value: fc.option(awkward, { nil: undefined }) }) },
    ),
    /** Chooses among what there is by then: licenses, resume ids, sessions. */
    pick: fc.nat(),
    /** Some requests are sent again under the id of an earlier one. */
    repeats: fc.integer({ min: 1, max: 8 }).map((n) => n === 1),
  }),
);
type Sent = typeof packet extends fc.Arbitrary<infer T> ? T : never;

const burst = fc.record({
  first: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom("initialize", "initialize", "resume") },
    { weight: 1, arbitrary: fc.constant("nothing") },
  ),
  packets: fc.array(packet, { minLength: 10, maxLength: 40, size: "max" }),
  then: fc.constantFrom("stay", "stay", "stay", "stay", "drop", "goodbye", "operate", "operate"),
  act: fc.nat(),
});
type Burst = typeof burst extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly product: Product;
  readonly licenses: readonly string[];
  readonly accounts: readonly string[];
  readonly token: string;
  readonly resumeIds: string[];
}

const statusByRefusal = new Map<string, number>(Object.entries(statusOf));
/** What each operation may answer; an internal error is in none of them. */
const statusesOf = new Map<PacketName, ReadonlySet<number | undefined>>(
  packets.map((name) => [
    name,
    new Set([Status.Ok, ...definitionOf(name).refuses.map((refusal) => statusByRefusal.get(refusal))]),
  ]),
);
const closeCodes = new Set<number>(Object.values(CloseCode).filter((code) => code !== CloseCode.InternalServerError));
const eventTypes = new Set<number>(Object.values(events).map(({ type }) => type));

test("any order of operations, by several clients and an operator, gives good answers or a documented close", async () => {
  let frames = 0;
  await fc.assert(
    fc.asyncProperty(clientScripts(), fc.nat({ max: 3 }), async (scripts, withToken) => {
      const world = await newWorld(withToken === 0);
      const counts = await Promise.all(scripts.map((bursts) => new Client(world).play(bursts)));
      frames += counts.reduce((sum, count) => sum + count, 0);
    }),
    // A failure depends on the timing of several clients: nothing smaller would be sure to fail too.
    { numRuns: runs, endOnFailure: true },
  );
  assert.deepEqual(server.logged, []);
  assert.ok(frames >= framesAtLeast, `only ${frames} frames were answered`);
});

function clientScripts() {
  const script = fc.array(burst, { minLength: burstsPerClient, maxLength: burstsPerClient });
  return fc.array(script, { minLength: clientsAtOnce, maxLength: clientsAtOnce });
}

async function newWorld(withToken: boolean): Promise<World> {
  const { console } = server;
  const product = await newApplication(console, {
    accountsPerAddressPerDay: 5,
    sessionQuota: 6,
    enableMultipleLogins: true,
    maxConcurrentLogins: 5,
  });
  const plans: Partial<InputOf<"createLicenses">>[] = [
    {},
    { seats: 1, levels: ["pro"] },
    { bindsClient: true },
    { durationMs: 50 },
  ];
  const licenses = await Promise.all(plans.map((plan) => newLicense(console, product, plan)));
  const logins = ["ann.smith", "bob.brown"];
  const accounts = await Promise.all(logins.map((login) => addAccount(server, product, { login })));
  // Which `addAccount` does not count, and whoever deletes them takes off.
  await server.db
    .updateTable("application")
    .set({ accountCount: accounts.length })
    .where("id", "=", accounts[0]!.applicationId)
    .execute();
  for (const name of ["motd", "secret"]) {
    await console.call("setVariable", { applicationId: product.id, name, content: "c", public: name === "motd" });
  }
  const token = withToken ? await RestPeer.of(server, product).login("ann.smith", knownPassword) : "no-such-token";
  return { product, licenses, accounts: accounts.map(({ id }) => id), token, resumeIds: [] };
}

/** One client that does what its script says, and judges whatever comes back. */
class Client {
  readonly #world: World;
  readonly #asked = new Map<number, PacketName>();
  #peer: RawPeer | undefined;
  #nextId = 1;
  #frames = 0;
  #sessions: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  async play(bursts: readonly Burst[]): Promise<number> {
    for (const { first, packets: sent, then, act } of bursts) {
      this.#peer ??= await this.#connect(first, act);
      for (const one of sent) this.#send(one);
      await this.#settle();
      if (then === "drop") this.#leave(() => this.#peer?.socket.terminate());
      if (then === "goodbye") this.#leave(() => this.#peer?.socket.close(CloseCode.Normal));
      if (then === "operate") await operate(this.#world, act);
    }
    this.#leave(() => this.#peer?.socket.terminate());
    return this.#frames;
  }

  async #connect(first: Burst["first"], pick: number): Promise<RawPeer> {
    const { product, resumeIds } = this.#world;
    const resumeId = first === "resume" ? resumeIds.at(-1 - (pick % clientsAtOnce)) : undefined;
    const peer = await RawPeer.connect(server.url, resumeId === undefined ? {} : { "Resume-Id": resumeId });
    resumeIds.push(peer.resumeId);
    this.#peer = peer;
    if (first === "initialize")
      this.#write("initialize", this.#nextId++, {
        websocket_api_key: product.websocketApiKey,
        client_id: `client-${pick % 3}`,
      });
    return peer;
  }

  #leave(how: () => void): void {
    how();
    this.#peer = undefined;
    this.#asked.clear();
  }

  #send({ name, fields, broken, pick, repeats }: Sent): void {
    const id = repeats && this.#nextId > 1 ? 1 + (pick % (this.#nextId - 1)) : this.#nextId++;
    const filled = Object.entries(fields).map(([field, value], index, { length }) =>
      // What is undefined is not written.
      [field, broken && index === broken.field % length ? broken.value : this.#fill(value, pick)],
    );
    this.#write(name, id, Object.fromEntries(filled));
  }

  #write(name: PacketName, id: number, fields: object): void {
    // Twice under way, an answer could belong to either.
    const fresh = this.#asked.has(id) ? this.#nextId++ : id;
    this.#asked.set(fresh, name);
    this.#peer?.socket.send(JSON.stringify({ type: operations[name].type, id: fresh, ...fields }));
  }

  #fill(value: unknown, pick: number): unknown {
    const { product, licenses, resumeIds, token } = this.#world;
    const from = (values: readonly string[]) => values[pick % Math.max(values.length, 1)] ?? "none";
    switch (value) {
      case "$key":
        return product.websocketApiKey;
      case "$license":
        return from(licenses);
      case "$resume":
        return from(resumeIds.slice(-clientsAtOnce));
      case "$session":
        return from(this.#sessions);
      case "$token":
        return token;
      default:
        return value;
    }
  }

  /** Until every request is answered, or the connection is closed. */
  async #settle(): Promise<void> {
    const peer = this.#peer;
    if (!peer) return;
    const closed = peer.closed.then(({ code }) => ({ closedWith: code }));
    while (this.#asked.size > 0) {
      const arrived = await within(
        Promise.race([peer.next().catch(() => closed), closed]),
        "an answer or a close",
        30_000,
      );
      if (!("frame" in arrived)) {
        // Who has been blacklisted is forgiven, or in the end nobody would be let in.
        if (arrived.closedWith === CloseCode.ClientIdBlacklisted) await forgive(this.#world);
        assert.ok(closeCodes.has(arrived.closedWith), `closed with ${arrived.closedWith}`);
        this.#leave(() => undefined);
        return;
      }
      this.#judge(arrived);
    }
  }

  #judge({ frame, ...answer }: Readonly<Record<string, unknown>> & { readonly frame: string }): void {
    if ("event_type" in answer) {
      assert.ok(eventTypes.has(Number(answer["event_type"])), frame);
      return;
    }
    const { id, status, ...fields } = answer;
    const name = this.#asked.get(Number(id));
    assert.ok(name !== undefined, `nobody asked for ${frame}`);
    this.#asked.delete(Number(id));
    this.#frames++;
    assert.ok(statusesOf.get(name)?.has(Number(status)), `${name}: ${frame}`);
    if (status !== Status.Ok) return;
    const output = ownNames(fields);
    assert.ok(v.is(definitionOf(name).output, output), `${name}: ${frame}`);
    if (name === "resume") this.#world.resumeIds.push(String(fields["resume_id"]));
    if (name === "listSessions") {
      this.#sessions = (output["sessions"] as readonly { readonly sessionId: string }[]).map(
        ({ sessionId }) => sessionId,
      );
    }
  }
}

/** The fields of an answer under their own names, also within lists. */
function ownNames(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputOf(fields)).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((item: unknown) => (typeof item === "object" ? outputOf(item as never) : item))
        : value,
    ]),
  );
}

/** What an operator does in between; refusals are fine, since he may be late. */
async function operate({ product, licenses, accounts }: World, act: number): Promise<void> {
  const applicationId = product.id;
  const license = { applicationId, license: licenses[act % licenses.length] ?? "" };
  const account = { accountId: accounts[act % accounts.length] ?? "" };
  const acts: readonly (() => Promise<unknown>)[] = [
    ...licenseActs.map((name) => () => call(name, license)),
    () => call("extendLicense", { ...license, durationMs: 40 }),
    () => call("disableAccount", account),
    () => call("enableAccount", account),
    () => call("blacklistAccount", account),
    () => call("unblacklistAccount", account),
    () => call("linkLicense", { ...license, ...account }),
    () => call("updateApplication", { applicationId, version: `${act}`, settings: { licenseRequired: act % 2 === 0 } }),
    () => call("pauseApplication", { applicationId }).then(() => call("unpauseApplication", { applicationId })),
    () => call("addBlacklistEntry", { applicationId, kind: "client", value: "client-2" }),
    () => call("setVariable", { applicationId, name: "motd", content: `${act}`, public: act % 3 > 0 }),
    () => endOneSession(applicationId, act),
    () => (act % 40 === 0 ? call("deleteAccount", account) : Promise.resolve()),
    () => (act % 80 === 0 ? call("deleteApplication", { applicationId }) : Promise.resolve()),
  ];
  await acts[Math.floor(act / 7) % acts.length]?.();
}

const licenseActs = [
  "pauseLicense",
  "unpauseLicense",
  "unpauseLicense",
  "blacklistLicense",
  "unblacklistLicense",
  "unblacklistLicense",
  "resetLicenseClient",
  "reinitializeLicense",
] as const;

async function endOneSession(applicationId: string, act: number): Promise<void> {
  const found = await server.console.call("findSessions", { applicationId });
  const sessions = found.ok ? found.output.sessions : [];
  const session = sessions[act % Math.max(sessions.length, 1)];
  if (session) await call("endSession", { sessionId: session.id });
}

async function forgive({ product }: World): Promise<void> {
  for (const value of ["client-0", "client-1", "client-2"]) {
    await call("removeBlacklistEntry", { applicationId: product.id, kind: "client", value });
  }
}

async function call<N extends OperationName>(name: N, input: InputOf<N>): Promise<void> {
  const outcome = await server.console.call(name, input);
  assert.ok(outcome.ok || !("fault" in outcome), `${name}: ${server.logged.join()}`);
}
