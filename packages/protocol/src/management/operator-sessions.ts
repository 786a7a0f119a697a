const hourMs = 3_600_000;

/** How long an operator stays signed in: after the last use, and in all (MG-SIGN-5). */
export const operatorSessionMs = { idle: 12 * hourMs, atMost: 7 * 24 * hourMs } as const;

/** The instants that the last use and the beginning of a session that lasts have to be after. */
export function operatorSessionBounds(now: number) {
  return { seenAfter: now - operatorSessionMs.idle, madeAfter: now - operatorSessionMs.atMost };
}
