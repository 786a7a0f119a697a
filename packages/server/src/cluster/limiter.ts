/** At most `count` in any stretch of `windowMs`. */
export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

const keysAtMost = 100_000;

/** Counts attempts by key in sliding windows. What it refuses does not count. */
export class Limiter {
  /** The instants of the attempts that still count; the keys in the order of their last attempt. */
  readonly #attempts = new Map<string, number[]>();

  /** Counts one attempt; answers 0, or the milliseconds until the next one may come. */
  take(key: string, { count, windowMs }: Limit, now: number): number {
    const instants = (this.#attempts.get(key) ?? []).filter((at) => at > now - windowMs);
    const oldest = instants[instants.length - count];
    if (oldest !== undefined) return oldest + windowMs - now;
    instants.push(now);
    this.#attempts.delete(key);
    this.#attempts.set(key, instants);
    if (this.#attempts.size > keysAtMost) this.#forgetOldest();
    return 0;
  }

  #forgetOldest(): void {
    const oldest = this.#attempts.keys().next();
    if (!oldest.done) this.#attempts.delete(oldest.value);
  }
}
