import { hash, randomBytes, randomInt, randomUUID, randomUUIDv7 } from "node:crypto";

/** SHA-256 in hex: how secrets and public keys are stored and looked up. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

/** 32 random bytes in base64url (LP-CONN-2). */
export function newResumeId(): string {
  return randomBytes(32).toString("base64url");
}

/** 256 random bits in base64url: of links (US-CONF-1, US-RECOV-1), management keys and operators' sessions. */
export function newLinkSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** 128 random bits as upper-case hex `8-4-4-4-12`, no digit fixed (US-SESS-1); API keys look the same. */
export function newToken(): string {
  const hex = randomBytes(16).toString("hex").toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The random id of an application or account, in the upper case that the user service shows (US-DATA-3). */
export function newObjectId<Id extends string>(): Id {
  return asId(randomUUID().toUpperCase());
}

/** An id whose order is its age (UUIDv7), for rows that come and go: they stay together in the index. */
export function newRowId<Id extends string>(): Id {
  return asId(randomUUIDv7());
}

const upperAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Without the letters that people mistake for digits or for each other. */
const readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `BA` and 19 random characters: the 21 that the live protocol asks for. */
export function newWebsocketApiKey(): string {
  return `BA${pick(upperAlphanumeric, 19)}`;
}

/** Five groups of five readable characters: 125 random bits. */
export function newLicenseKey(): string {
  return Array.from({ length: 5 }, () => pick(readable, 5)).join("-");
}

/** Two groups of five readable characters: 50 random bits. */
export function newRecoveryCode(): string {
  return Array.from({ length: 2 }, () => pick(readable, 5)).join("-");
}

/** The part of a management key that it is found by: 80 random bits. */
export function newManagementKeyId<Id extends string>(): Id {
  return asId(pick(readable, 16));
}

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** An id that was made elsewhere. */
export function asId<Id extends string>(text: string): Id {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the place where ids get their brand
  return text as Id;
}
