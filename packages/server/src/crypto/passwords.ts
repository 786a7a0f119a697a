import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { FairQueue, type QueueLoad } from "./fair-queue.ts";
import type { ForeignHash } from "./read-foreign-hash.ts";
import { compute, kindOf, pretend, type RecipeKind } from "./recipe.ts";
import { decodeHash, encodeHash, type HashCost, isWeaker, type StoredHash } from "./stored-hash.ts";

export interface PasswordConfig extends HashCost {
  /** Computations at a time: one per core. */
  readonly concurrency: number;
  /** Computations that may wait; further ones are refused (US-SEC-3). */
  readonly waiting: number;
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
  readonly #nobody: StoredHash;

  constructor(config: PasswordConfig) {
    this.#config = config;
    this.#queue = new FairQueue(config.concurrency, config.waiting);
    this.#nobody = { ...config, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
  }

  /** How busy it is. */
  get load(): QueueLoad {
    return this.#queue.load;
  }

  /** The encoded hash; `undefined` when too many wait already. */
  hash(password: string, applicationId: string): Promise<string | undefined> {
    return this.#hash(password, {}, applicationId);
  }

  /**
   * What is kept of another system's hash: Argon2id that is no weaker than ours as it is, everything else under an
   * Argon2id of ours, so that who steals the database has to break that. `undefined` when too many wait already.
   */
  async adopt(given: ForeignHash | StoredHash, applicationId: string): Promise<string | undefined> {
    if ("hash" in given) return encodeHash(given);
    const { recipe, digest } = given;
    const [memoryKiB = 0, passes = 0, lanes = 0] = recipe.costs;
    const cost = { memoryKiB, passes, lanes };
    if (recipe.scheme === "argon2id" && !isWeaker(cost, this.#config)) {
      return encodeHash({ ...cost, salt: recipe.salt, hash: digest });
    }
    return this.#hash(digest, { recipe }, applicationId);
  }

  /** What a sign-in costs besides the Argon2id of today, if it costs anything else. */
  foreignKind(encoded: string): RecipeKind | null {
    return this.#foreignKind(decodeHash(encoded));
  }

  /**
   * Whether the password is right, and whether its hash was made at a lower cost than today's or by another system;
   * `undefined` when busy. `kinds`: those of all foreign hashes of the application. Each of them is computed once, on
   * nothing if need be, so that the time that it takes says nothing of the account (US-SEC-2).
   */
  async verify(
    password: string,
    encoded: string | null | undefined,
    applicationId: string,
    kinds: readonly RecipeKind[] = [],
  ): Promise<{ readonly matches: boolean; readonly outdated: boolean } | undefined> {
    const stored = encoded ? decodeHash(encoded) : this.#nobody;
    const kind = this.#foreignKind(stored);
    const isForeign = kind !== null && kinds.includes(kind);
    const run = this.#queue.run(applicationId, async () => {
      for (const other of kinds) if (other !== kind) await pretend(other, password);
      // Taken as it is: what everybody else computes besides is the Argon2id of today.
      if (isForeign && !stored.recipe) await argon2id(password, this.#nobody);
      return argon2id(stored.recipe ? await compute(stored.recipe, password) : password, stored);
    });
    if (!run) return undefined;
    const matches = timingSafeEqual(await run, stored.hash) && stored !== this.#nobody;
    return { matches, outdated: isForeign || stored.recipe !== undefined || isWeaker(stored, this.#config) };
  }

  async #hash(
    message: string | Buffer,
    under: Pick<StoredHash, "recipe">,
    applicationId: string,
  ): Promise<string | undefined> {
    const made = { ...this.#config, salt: randomBytes(saltBytes), hash: Buffer.alloc(hashBytes) };
    const run = this.#queue.run(applicationId, () => argon2id(message, made));
    return run && encodeHash({ ...made, ...under, hash: await run });
  }

  #foreignKind(stored: StoredHash): RecipeKind | null {
    if (stored.recipe) return kindOf(stored.recipe);
    const { memoryKiB, passes, lanes, salt, hash } = stored;
    if (isWeaker(stored, this.#config) || !isWeaker(this.#config, stored)) return null;
    return kindOf({ scheme: "argon2id", costs: [memoryKiB, passes, lanes], salt, length: hash.length });
  }
}

function argon2id(message: string | Buffer, { salt, hash, memoryKiB, passes, lanes }: StoredHash): Promise<Buffer> {
  return derive("argon2id", {
    message,
    nonce: salt,
    parallelism: lanes,
    tagLength: hash.length,
    memory: memoryKiB,
    passes,
  });
}
