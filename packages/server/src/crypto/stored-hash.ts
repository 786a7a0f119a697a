import { decodeRecipe, encodeRecipe, isBearable, isWellFormed, readRecipe, type Recipe, unpadded } from "./recipe.ts";

/** Argon2id's cost; every stored hash carries its own (US-SEC-1). */
export interface HashCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** An Argon2id hash as it is kept: of the password, or of what a foreign recipe makes of the password. */
export interface StoredHash extends HashCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly recipe?: Recipe;
}

const over = " over ";

/** The usual text form, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, and then the recipe that it is over, if any. */
export function encodeHash({ memoryKiB, passes, lanes, salt, hash, recipe }: StoredHash): string {
  const ours = `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
  return recipe ? `${ours}${over}${encodeRecipe(recipe)}` : ours;
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

export function decodeHash(encoded: string): StoredHash {
  const [ours = "", recipe] = encoded.split(over);
  const [, memory, passes, lanes, salt, hash] = form.exec(ours) ?? [];
  if (!salt || !hash) throw new Error("a stored password hash has an unknown form");
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
    ...(recipe !== undefined && { recipe: decodeRecipe(recipe) }),
  };
}

/** What another Latchkey kept: an Argon2id over a recipe. `undefined`: it is none that this one could have made. */
export function readStoredHash(text: string): StoredHash | undefined {
  const [ours = "", recipe = "", ...more] = text.split(over);
  const under = readRecipe(recipe);
  if (!under || !isBearable(under) || !form.test(ours) || more.length > 0) return undefined;
  const { memoryKiB, passes, lanes, salt, hash } = decodeHash(ours);
  const made = { scheme: "argon2id", costs: [memoryKiB, passes, lanes], salt, length: hash.length };
  if (!isWellFormed(made) || !isBearable(made) || isWeaker({ memoryKiB, passes, lanes }, weakest)) return undefined;
  return { memoryKiB, passes, lanes, salt, hash, recipe: under };
}

/** No server can be told to hash at less. */
const weakest: HashCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** Whether any of the first's costs is lower than the second's. */
export function isWeaker(one: HashCost, other: HashCost): boolean {
  return one.memoryKiB < other.memoryKiB || one.passes < other.passes || one.lanes < other.lanes;
}
