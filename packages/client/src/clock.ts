/** What the SDK needs of time and chance. Passed in, so that deadlines can be tested without waiting for them. */
export interface Clock {
  /** Milliseconds since some fixed moment; never runs backwards. */
  now(): number;
  /** Runs `action` once after a delay, unless the function it returns is called before. */
  after(delayMs: number, action: () => void): () => void;
  /** From 0 up to, but not, 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** The longest delay a timer can hold; a longer one would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

/** The time limit of a call unless the program gives another. */
export const defaultTimeoutMs = 10_000;

/** Returns a time limit that timers can keep. Throws a RangeError for any other number. */
export function checkedTimeout(timeoutMs: number): number {
  if (timeoutMs > 0 && timeoutMs <= longestDelayMs) return timeoutMs;
  throw new RangeError(`timeoutMs must be between 1 and ${longestDelayMs}, not ${timeoutMs}`);
}
