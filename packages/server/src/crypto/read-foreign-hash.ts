import { bytesFromBcrypt } from "./bcrypt-text.ts";
import { isBearable, isWellFormed, type Recipe } from "./recipe.ts";
import { readStoredHash, type StoredHash } from "./stored-hash.ts";

/** A password's hash as another system made it. */
export interface ForeignHash {
  readonly recipe: Recipe;
  readonly digest: Buffer;
}

/** What Firebase hashes all passwords of a project with; the console shows it. */
export interface FirebaseHashing {
  /** In base64, like the other. */
  readonly signerKey: string;
  readonly saltSeparator: string;
  readonly rounds: number;
  readonly memCost: number;
}

type ForeignRefusal = "hashUnknown" | "hashTooCostly";

export type ReadHash =
  ((ForeignHash | StoredHash) & { readonly refused?: never }) | { readonly refused: ForeignRefusal };

const base64 = "[A-Za-z0-9+/]+={0,2}";

/** Passlib's base64 has a dot for the plus, PHC's has not. */
const passlibBase64 = "[A-Za-z0-9./+]+";

const forms: readonly (readonly [RegExp, (parts: string[]) => ForeignHash])[] = [
  [
    /^\$2[aby]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/,
    ([cost = "", salt = "", digest = ""]) =>
      hashOf("bcrypt", [cost], bytesFromBcrypt(salt), bytesFromBcrypt(digest).subarray(0, 23)),
  ],
  [
    new RegExp(`^\\$(argon2(?:id|i|d))\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$(${base64})\\$(${base64})$`),
    ([variant = "", memory = "", passes = "", lanes = "", salt = "", digest = ""]) =>
      hashOf(variant, [memory, passes, lanes], fromBase64(salt), fromBase64(digest)),
  ],
  [
    new RegExp(`^\\$scrypt\\$ln=(\\d+),r=(\\d+),p=(\\d+)\\$(${base64})\\$(${base64})$`),
    ([ln = "", r = "", p = "", salt = "", digest = ""]) =>
      hashOf("scrypt", [ln, r, p], fromBase64(salt), fromBase64(digest).subarray(0, 64)),
  ],
  [
    new RegExp(
      `^\\$pbkdf2(-sha1|-sha256|-sha512)?\\$(?:i=)?(\\d+)(?:,l=\\d+)?\\$(${passlibBase64})\\$(${passlibBase64})$`,
    ),
    ([digest = "-sha1", iterations = "", salt = "", derived = ""]) =>
      pbkdf2Hash(digest.slice(1), iterations, fromBase64(salt), fromBase64(derived)),
  ],
  // Django's; its salt is the text itself.
  [
    new RegExp(`^pbkdf2_(sha1|sha256|sha512)\\$(\\d+)\\$([^$]+)\\$(${base64})$`),
    ([digest = "", iterations = "", salt = "", derived = ""]) =>
      pbkdf2Hash(digest, iterations, Buffer.from(salt), fromBase64(derived)),
  ],
];

/** Reads the text forms that password hashes have elsewhere, at another Latchkey too. */
export function readForeignHash(text: string): ReadHash {
  const kept = readStoredHash(text);
  if (kept) return kept;
  for (const [form, read] of forms) {
    const parts = form.exec(text);
    if (parts) return checked(read(parts.slice(1)));
  }
  return { refused: "hashUnknown" };
}

/** Reads a hash of Firebase, which says nothing about how it was made, and takes the signer key off. */
export function readFirebaseHash(
  text: string,
  salt: string,
  { signerKey, saltSeparator, rounds, memCost }: FirebaseHashing,
): ReadHash {
  const hash = fromBase64(text);
  const key = fromBase64(signerKey);
  if (hash.length !== key.length) return { refused: "hashUnknown" };
  const stream = hash.map((byte, at) => byte ^ (key[at] ?? 0));
  const seasoning = Buffer.concat([fromBase64(salt), fromBase64(saltSeparator)]);
  return checked(hashOf("firebase-scrypt", [memCost, rounds], seasoning, Buffer.from(stream.subarray(0, 64))));
}

function checked(hash: ForeignHash): ReadHash {
  if (!isWellFormed(hash.recipe)) return { refused: "hashUnknown" };
  return isBearable(hash.recipe) ? hash : { refused: "hashTooCostly" };
}

const pbkdf2BlockBytes = new Map([
  ["sha1", 20],
  ["sha256", 32],
  ["sha512", 64],
]);

/** Each block beyond the first costs as much again and says nothing more. */
function pbkdf2Hash(digest: string, iterations: string, salt: Buffer, derived: Buffer): ForeignHash {
  const firstBlock = derived.subarray(0, pbkdf2BlockBytes.get(digest));
  return hashOf(`pbkdf2-${digest}`, [iterations], salt, firstBlock);
}

function hashOf(scheme: string, costs: readonly (string | number)[], salt: Buffer, digest: Buffer): ForeignHash {
  return { recipe: { scheme, costs: costs.map(Number), salt, length: digest.length }, digest };
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll(".", "+"), "base64");
}
