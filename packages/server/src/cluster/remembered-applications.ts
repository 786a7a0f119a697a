import { setTimeout } from "node:timers/promises";
import { sha256 } from "#crypto/tokens.ts";
import {
  findApplicationByApiKey,
  findApplicationByHost,
  type HostedApplication,
  type KeyedApplication,
} from "#storage/applications.ts";
import type { Db } from "#storage/tables.ts";

/** How long what was read of an application may be acted upon. Not by the server's clock: what counts is time that has passed. */
const rememberMs = 20;
/** Timers fire up to a millisecond early. */
const marginMs = 5;

interface Remembered<A> {
  readonly application: A;
  readonly until: number;
}

const rememberedAtMost = 10_000;

/**
 * Which application a key or a host belongs to, read once for all requests of a moment. Every process remembers for
 * itself and is told nothing: who changes an application answers when all that was read before is forgotten
 * (`untilForgotten`), so that no call that begins after that answer sees what was before it (US-ADMIN-2).
 */
export class RememberedApplications {
  readonly #db: Db;
  readonly #byKey = new Map<string, Remembered<KeyedApplication>>();
  readonly #byHost = new Map<string, Remembered<HostedApplication>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** The application that owns the key, if it is that application. */
  async ofKey(id: string, apiKey: string): Promise<KeyedApplication | undefined> {
    const name = `${id}/${apiKey}`;
    return (
      recall(this.#byKey, name) ??
      remember(this.#byKey, name, () => findApplicationByApiKey(this.#db, { id, keyHash: sha256(apiKey) }))
    );
  }

  async ofHost(host: string): Promise<HostedApplication | undefined> {
    return recall(this.#byHost, host) ?? remember(this.#byHost, host, () => findApplicationByHost(this.#db, host));
  }
}

/** Comes after the commit of whatever changes an application, its keys or its hosts, and before the answer. */
export async function untilForgotten(): Promise<void> {
  await setTimeout(rememberMs + marginMs);
}

function recall<A>(known: ReadonlyMap<string, Remembered<A>>, name: string): A | undefined {
  const found = known.get(name);
  return found && found.until > performance.now() ? found.application : undefined;
}

/** Only what was found: names that lead nowhere are without end. */
async function remember<A>(
  known: Map<string, Remembered<A>>,
  name: string,
  read: () => Promise<A | undefined>,
): Promise<A | undefined> {
  const until = performance.now() + rememberMs;
  const application = await read();
  if (!application) return undefined;
  if (known.size >= rememberedAtMost) known.clear();
  known.set(name, { application, until });
  return application;
}
