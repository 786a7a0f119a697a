import { codePoints, identityKey, isEmail } from "@latchkey/protocol";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long a session lasts without a use, and in all (MG-SIGN-5). */
const idleMs = 12 * hourMs;
const sessionMs = 7 * dayMs;

/** How long a link is good: it becomes a person, or a password (MG-OP-6). */
export const invitationMs = { setUp: dayMs, invitation: 7 * dayMs, passwordReset: dayMs } as const;

export const operatorPassword = { min: 10, max: 256 } as const;
const nameAtMost = 64;
/** More of a user agent tells nobody anything. */
const userAgentAtMost = 256;

/** The instants that a session's last use and its beginning have to be after. */
export function sessionBounds(now: number) {
  return { seenAfter: now - idleMs, madeAfter: now - sessionMs };
}

export function sessionEnd({ createdAt, lastSeenAt }: { readonly createdAt: number; readonly lastSeenAt: number }) {
  return Math.min(lastSeenAt + idleMs, createdAt + sessionMs);
}

/** The name of an operator or of a key, without blanks around it; `undefined`: it cannot be called that. */
export function nameFrom(given: string): string | undefined {
  const name = given.trim();
  const length = codePoints(name);
  return length >= 1 && length <= nameAtMost && !/\p{Cc}/u.test(name) ? name : undefined;
}

/** An address, and the form in which it is unique. */
export function emailFrom(given: string): { readonly email: string; readonly emailKey: string } | undefined {
  return isEmail(given) ? { email: given.trim(), emailKey: identityKey(given) } : undefined;
}

/** MG-OP-3. The address itself is the first guess. */
export function isOperatorPassword(password: string, email: string): boolean {
  const length = codePoints(password);
  const isLength = length >= operatorPassword.min && length <= operatorPassword.max;
  return isLength && identityKey(password) !== identityKey(email);
}

export function shownUserAgent(given: string | undefined): string {
  return (given ?? "")
    .replace(/\p{Cc}/gu, "")
    .slice(0, userAgentAtMost)
    .toWellFormed();
}
