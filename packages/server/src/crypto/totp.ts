import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** RFC 6238 as authenticators know it: SHA-1, six digits, half a minute each. */
const stepMs = 30_000;
const digits = 6;
const secretBytes = 20;
/** Steps that a clock may be off, either way. */
const drift = 1;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A secret in base32, as authenticators take it. */
export function newTotpSecret(): string {
  // 20 bytes are 32 groups of five bits: nothing is left over to pad.
  const bits = Array.from(randomBytes(secretBytes), (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.replace(/.{5}/g, (group) => alphabet.charAt(parseInt(group, 2)));
}

/** The code of one time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The step that a code belongs to, if it is one of about now. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  const given = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(given)) return undefined;
  const current = Math.floor(now / stepMs);
  // The latest first: an earlier one would leave the later to be used again.
  for (let step = current + drift; step >= current - drift; step--) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(given))) return step;
  }
  return undefined;
}

/** What a QR code tells an authenticator. */
export function totpUri(secret: string, account: string): string {
  const label = `Latchkey:${account}`;
  return `otpauth://totp/${encodeURIComponent(label)}?secret=${secret}&issuer=Latchkey`;
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2)));
}
