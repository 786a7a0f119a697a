import { afterClose } from "@latchkey/protocol";

/** How a lost session stands. */
export interface Loss {
  /** How many attempts to have it back there were since it was last held for a while. */
  readonly attempt: number;
  /** How the connection ended, or the last attempt at another. */
  readonly closeCode: number;
  readonly lostForMs: number;
}

/** The server keeps a lost session for five minutes (LP-RES-1). */
const resumeWindowMs = 5 * 60_000;
/** The longest wait before the first attempt; it doubles with each further one. */
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/**
 * How long to wait before the next attempt to resume; `undefined`: there is to be none. `random` is from 0 up to 1, and
 * the whole delay hangs on it: clients that one server lost together do not come back together.
 */
export function delayBeforeAttempt({ attempt, closeCode, lostForMs }: Loss, random: number): number | undefined {
  if (afterClose(closeCode) !== "resume" || lostForMs >= resumeWindowMs) return undefined;
  return spreadDelay(attempt, longestDelayMs, random);
}

/** A delay that doubles with every attempt up to the longest one, and hangs on chance as a whole. */
export function spreadDelay(attempt: number, longestMs: number, random: number): number {
  return random * Math.min(longestMs, firstDelayMs * 2 ** attempt);
}
