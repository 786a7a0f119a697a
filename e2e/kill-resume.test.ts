import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { newApplication, newLicense, packet, type Product, RawPeer, within } from "@latchkey/testkit";
import { countdown, openOffice, serve } from "./process.ts";

/** Servers that run and are killed side by side, so that starting them does not take most of the time. */
const servers = 5;
const killsEach = 10;
const clientsEach = 4;
/** How many answers come before a kill: another number each time, and seldom any at rest. */
const answersBefore = (kill: number) => 3 + ((kill * 37) % 61);

test("[LP-RES-5][LP-RES-2][LP-RES-3][LP-OUT-4] of 50 kills under load none loses an answered change, none brings a logout back, and none lets a request run twice", async () => {
  await Promise.all(Array.from({ length: servers }, (_, n) => killAgainAndAgain(n)));
});

async function killAgainAndAgain(seed: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "latchkey-resume-"));
  const { application, license } = await prepare(directory);
  const clients = Array.from({ length: clientsEach }, (_, n) => new Client(application, license, `client-${n}`));
  for (let kill = 1; kill <= killsEach; kill++) {
    const server = await serve(directory);
    const answers = countdown(answersBefore(seed * killsEach + kill));
    const load = clients.map((client) => client.drive(server.url, answers.count));
    // A client that finds something wrong ends the wait.
    await within(Promise.race([answers.over, Promise.all(load)]), "enough answers", 60_000);
    await server.kill();
    await Promise.all(load);
  }
  const { console } = await openOffice(directory);
  await using _ = console;
  for (const client of clients) assert.ok(client.resumes > 1, "every client has resumed again and again");
  rmSync(directory, { recursive: true });
}

async function prepare(directory: string) {
  const { console } = await openOffice(directory);
  await using _ = console;
  const application = await newApplication(console, { accountsPerAddressPerDay: null });
  return { application, license: await newLicense(console, application, { seats: clientsEach }) };
}

interface Request {
  readonly id: number;
  readonly type: number;
  readonly fields: object;
}

/** Keeps one session through all the kills, and sends again whatever it has no answer for. */
class Client {
  readonly #application: Product;
  readonly #license: string;
  readonly #name: string;
  #resumeId: string | undefined;
  #requests = 0;
  /** Without an answer: it has been run, or has not. */
  #pending: Request | undefined;
  #isInitialized = false;
  #isAuthorized = false;
  #value: string | undefined;
  resumes = 0;

  constructor(application: Product, license: string, name: string) {
    this.#application = application;
    this.#license = license;
    this.#name = name;
  }

  async drive(url: string, count: () => void): Promise<void> {
    try {
      await using peer = await this.#connect(url);
      for (;;) {
        await this.#settle(peer, (this.#pending ??= this.#next()));
        count();
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      // The server is gone; a session that was never answered may be so as well.
      const isUnknown = error instanceof Error && error.message.includes("4401");
      assert.ok(!isUnknown || !this.#isInitialized, "an initialized session is gone");
      if (isUnknown) this.#resumeId = this.#pending = undefined;
    }
  }

  async #connect(url: string): Promise<RawPeer> {
    const isResumed = this.#resumeId !== undefined;
    const peer = await (this.#resumeId ? RawPeer.resume(url, this.#resumeId) : RawPeer.connect(url));
    this.#resumeId = peer.resumeId;
    if (!isResumed) return peer;
    try {
      if (this.#isInitialized) await this.#compare(peer);
      this.resumes++;
      return peer;
    } catch (error) {
      await peer[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What has been answered is as it was answered. */
  async #compare(peer: RawPeer): Promise<void> {
    const { type } = this.#pending ?? {};
    const { status } = await peer.request(packet.getCurrentLicense);
    const mayDiffer = type === packet.authorizeByLicense || type === packet.logout;
    if (!mayDiffer) assert.equal(status, this.#isAuthorized ? 1 : 3, "an authorization is not as it was answered");
    const { value } = await peer.request(packet.getSessionValue, { key: "k" });
    if (type !== packet.setSessionValue) assert.equal(value, this.#value, "a value is not as it was answered");
  }

  #next(): Request {
    const id = ++this.#requests;
    if (!this.#isInitialized) {
      const { websocketApiKey } = this.#application;
      return { id, type: packet.initialize, fields: { websocket_api_key: websocketApiKey, client_id: this.#name } };
    }
    if (id % 3 === 0) return { id, type: packet.setSessionValue, fields: { key: "k", value: `${id}` } };
    if (id % 20 === 0) {
      return { id, type: packet.createAccount, fields: { login: `${this.#name}-${id}`, password: "secret" } };
    }
    if (this.#isAuthorized) return { id, type: packet.logout, fields: {} };
    return { id, type: packet.authorizeByLicense, fields: { license: this.#license } };
  }

  /** Whoever ran it twice would answer 7, 3 or 202 the second time. */
  async #settle(peer: RawPeer, { id, type, fields }: Request): Promise<void> {
    const { status, frame } = await peer.requestAs(`${id}`, type, fields);
    assert.equal(status, 1, `${this.#name}: request ${id} of type ${type} came to ${frame}`);
    this.#pending = undefined;
    if (type === packet.initialize) this.#isInitialized = true;
    if (type === packet.authorizeByLicense) this.#isAuthorized = true;
    if (type === packet.logout) this.#isAuthorized = false;
    if (type === packet.setSessionValue) this.#value = `${id}`;
  }
}
