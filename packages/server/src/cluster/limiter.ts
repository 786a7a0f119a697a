/** At most `count` in any stretch of `windowMs`. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

export function perMinute(count: number): Limit {
  return { count, windowMs: 60_000 };
}

const keysAtMost = 100_000;

/** Counts attempts by key in sliding windows. What it refuses does not count. */
export class Limiter {
  /** The instants of the attempts that still count; the keys in the order of their last attempt. */
  readonly #attempts = new Map<string, number[]>();

  /** Counts one attempt against every limit at once; answers 0, or the milliseconds until all of them allow the next. */
  take(limits: ReadonlyMap<string, Limit>, now: number): number {
    let waitMs = 0;
    const counted = new Map<string, number[]>();
    for (const [key, { count, windowMs }] of limits) {
      const instants = (this.#attempts.get(key) ?? []).filter((at) => at > now - windowMs);
      const oldest = instants[instants.length - count];
      if (oldest !== undefined) waitMs = Math.max(waitMs, oldest + windowMs - now);
      counted.set(key, [...instants, now]);
    }
    if (waitMs > 0) return waitMs;
    for (const [key, instants] of counted) {
      this.#attempts.delete(key);
      this.#attempts.set(key, instants);
    }
    while (this.#attempts.size > keysAtMost) this.#forgetOldest();
    return 0;
  }

  #forgetOldest(): void {
    const oldest = this.#attempts.keys().next();
    if (!oldest.done) this.#attempts.delete(oldest.value);
  }
}
