import { argon2, createCipheriv, pbkdf2, scrypt, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import bcrypt from "bcrypt";
import { bytesFromBcrypt, bytesToBcrypt } from "./bcrypt-text.ts";

/** What a digest is computed from besides the password and the costs. */
export interface Seasoning {
  readonly salt: Buffer;
  /** Bytes of the digest. */
  readonly length: number;
}

/** A way in which other systems hash passwords. Costs are in the order of their names. */
export interface ForeignScheme {
  readonly costNames: readonly string[];
  /**
   * Whether a sign-in may cost that much: about a second and 256 MiB at most, whoever wrote the file that it came from.
   */
  isBearable(costs: readonly number[]): boolean;
  isSalt(salt: Buffer): boolean;
  /** Costs at which many hashes are computed alike, so that their computations cannot be told apart. */
  sharedCosts?(costs: readonly number[]): readonly number[];
  compute(password: string, costs: readonly number[], seasoning: Seasoning): Promise<Buffer>;
}

const derivePbkdf2 = promisify(pbkdf2);
const deriveArgon2 = promisify(argon2);
const deriveScrypt = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const workingMemory = 268_435_456;
const saltAtMost = 128;

const bcryptScheme: ForeignScheme = {
  costNames: ["cost"],
  isBearable: ([cost = 0]) => within(cost, 4, 14),
  isSalt: ({ length }) => length === 16,
  async compute(password, [cost = 0], { salt, length }) {
    // All that was ever called 2a, 2b or 2y computes the same, but for bugs that nobody's hashes should rely on.
    const made = await bcrypt.hash(password, `$2b$${String(cost).padStart(2, "0")}$${bytesToBcrypt(salt)}`);
    return bytesFromBcrypt(made.slice(-31)).subarray(0, length);
  },
};

function pbkdf2With(digest: "sha1" | "sha256" | "sha512"): ForeignScheme {
  return {
    costNames: ["i"],
    isBearable: ([iterations = 0]) => within(iterations, 1, 4_194_304),
    isSalt: isAnySalt,
    // Frameworks raise the number a little with each release: that many kinds would be too many.
    sharedCosts: ([iterations = 0]) => [nextPowerOfTwo(iterations)],
    async compute(password, [iterations = 0], { salt, length }) {
      const made = await derivePbkdf2(password, salt, iterations, length, digest);
      const missing = nextPowerOfTwo(iterations) - iterations;
      if (missing > 0) await derivePbkdf2(password, salt, missing, length, digest);
      return made;
    },
  };
}

const scryptScheme: ForeignScheme = {
  costNames: ["ln", "r", "p"],
  isBearable: ([ln = 0, r = 0, p = 0]) =>
    // RFC 7914 has no larger N with so small an r, and OpenSSL does not compute it.
    within(ln, 1, Math.min(20, 16 * r - 1)) &&
    within(r, 1, 64) &&
    within(p, 1, 64) &&
    2 ** ln * r <= 2 ** 20 &&
    2 ** ln * r * p <= 2 ** 21,
  isSalt: isAnySalt,
  compute: (password, [ln = 0, r = 0, p = 0], { salt, length }) =>
    deriveScrypt(password, salt, length, { N: 2 ** ln, r, p, maxmem: workingMemory }),
};

/**
 * Firebase's: scrypt makes a key, AES-256-CTR with it the hash from the project's signer key. The stream that is added to
 * the signer key says as much as the hash, so the signer key, a secret, is not needed again once it was taken off.
 */
const firebaseScheme: ForeignScheme = {
  costNames: ["ln", "r"],
  isBearable: ([ln = 0, r = 0]) => scryptScheme.isBearable([ln, r, 1]),
  isSalt: isAnySalt,
  async compute(password, [ln = 0, r = 0], { salt, length }) {
    const key = await scryptScheme.compute(password, [ln, r, 1], { salt, length: 32 });
    return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(length));
  },
};

function argon2As(variant: "argon2id" | "argon2i" | "argon2d"): ForeignScheme {
  return {
    costNames: ["m", "t", "p"],
    isBearable: ([memory = 0, passes = 0, lanes = 0]) =>
      within(lanes, 1, 16) && within(memory, 8 * lanes, 262_144) && within(passes, 1, 64) && memory * passes <= 2 ** 20,
    isSalt: ({ length }) => within(length, 8, saltAtMost),
    compute: (password, [memory = 0, passes = 0, lanes = 0], { salt, length }) =>
      deriveArgon2(variant, {
        message: password,
        nonce: salt,
        parallelism: lanes,
        tagLength: length,
        memory,
        passes,
      }),
  };
}

export const foreignSchemes: ReadonlyMap<string, ForeignScheme> = new Map([
  ["bcrypt", bcryptScheme],
  ["pbkdf2-sha1", pbkdf2With("sha1")],
  ["pbkdf2-sha256", pbkdf2With("sha256")],
  ["pbkdf2-sha512", pbkdf2With("sha512")],
  ["scrypt", scryptScheme],
  ["firebase-scrypt", firebaseScheme],
  ["argon2id", argon2As("argon2id")],
  ["argon2i", argon2As("argon2i")],
  ["argon2d", argon2As("argon2d")],
]);

function isAnySalt({ length }: Buffer): boolean {
  return within(length, 1, saltAtMost);
}

function within(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

function nextPowerOfTwo(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
