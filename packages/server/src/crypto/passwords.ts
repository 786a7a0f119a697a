import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { FairQueue } from "./fair-queue.ts";

/** Argon2id's cost; every stored hash carries its own (US-SEC-1). */
interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface PasswordConfig extends HashCost {
  /** Computations at a time: one per core. */
  readonly concurrency: number;
  /** Computations that may wait; further ones are refused (US-SEC-3). */
  readonly waiting: number;
}

interface Encoded extends HashCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Seconds after which a place in the queue is likely free again. */
export const retryWhenBusy = 1;

const saltBytes = 16;
const hashBytes = 32;
const derive = promisify(argon2);

/** Hashes and checks passwords off the event loop, a bounded number at a time, in turns per application. */
export class Passwords {
  readonly #config: PasswordConfig;
  readonly #queue: FairQueue;
  /** What an account without a password, or no account at all, is checked against: the same work, never a match. */
  readonly #nobody: Encoded;

  constructor(config: PasswordConfig) {
    this.#config = config;
    this.#queue = new FairQueue(config.concurrency, config.waiting);
    this.#nobody = { ...config, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
  }

  /** The encoded hash; `undefined` when too many wait already. */
  async hash(password: string, applicationId: string): Promise<string | undefined> {
    const salt = randomBytes(saltBytes);
    const run = this.#queue.run(applicationId, () => argon2id(password, { ...this.#config, salt }));
    return run && encode({ ...this.#config, salt, hash: await run });
  }

  /** Whether the password is right, and whether its hash was made at a lower cost than today's; `undefined` when busy. */
  async verify(
    password: string,
    encoded: string | null | undefined,
    applicationId: string,
  ): Promise<{ readonly matches: boolean; readonly outdated: boolean } | undefined> {
    const stored = encoded ? decode(encoded) : this.#nobody;
    const run = this.#queue.run(applicationId, () => argon2id(password, stored));
    if (!run) return undefined;
    const matches = timingSafeEqual(await run, stored.hash) && stored !== this.#nobody;
    const { memoryKiB, passes, lanes } = this.#config;
    return { matches, outdated: stored.memoryKiB < memoryKiB || stored.passes < passes || stored.lanes < lanes };
  }
}

function argon2id(password: string, { salt, memoryKiB, passes, lanes }: HashCost & { salt: Buffer }): Promise<Buffer> {
  return derive("argon2id", {
    message: password,
    nonce: salt,
    parallelism: lanes,
    tagLength: hashBytes,
    memory: memoryKiB,
    passes,
  });
}

/** The usual text form: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
function encode({ memoryKiB, passes, lanes, salt, hash }: Encoded): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

function decode(encoded: string): Encoded {
  const [, memory, passes, lanes, salt, hash] = form.exec(encoded) ?? [];
  if (!salt || !hash) throw new Error("a stored password hash has an unknown form");
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}
