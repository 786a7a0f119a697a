import { codePoints, identityKey, isEmail, operatorSessionMs } from "@latchkey/protocol";

const dayMs = 86_400_000;

/** How long each kind of link is good (MG-OP-6). */
export const invitationMs = { setUp: dayMs, invitation: 7 * dayMs, passwordReset: dayMs } as const;

/** Operators' passwords take their turn beside those of each application. */
export const hashingTurn = "operators";

export const operatorPassword = { min: 10, max: 256 } as const;
const nameAtMost = 64;
/** More of a user agent tells nobody anything. */
const userAgentAtMost = 256;

export function sessionEnd({ createdAt, lastSeenAt }: { readonly createdAt: number; readonly lastSeenAt: number }) {
  return Math.min(lastSeenAt + operatorSessionMs.idle, createdAt + operatorSessionMs.atMost);
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
