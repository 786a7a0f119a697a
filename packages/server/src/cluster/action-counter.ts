import type { Limit } from "./limiter.ts";

/** The instants of a key's actions in their order; what lies before `first` has left the window. */
interface Actions {
  readonly instants: number[];
  first: number;
}

const keysAtMost = 100_000;

/**
 * Counts actions by key in a sliding window: exactly, in constant time per action, and in memory that follows what was
 * done within the last two windows. Keys are kept in two generations, of which the elder is dropped as a whole: a key
 * that is used moves on into the younger, so a flood of new keys makes only those forgotten that are idle.
 */
export class ActionCounter {
  readonly #limit: Limit;
  #younger = new Map<string, Actions>();
  #elder = new Map<string, Actions>();
  #turnedAt = -Infinity;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Counts one action. `false`: it crosses the limit. */
  take(key: string, now: number): boolean {
    const actions = this.#actionsOf(key, now);
    if (actions.instants.length - actions.first >= this.#limit.count) return false;
    actions.instants.push(now);
    return true;
  }

  /** The instants of the actions that count at this moment. */
  recent(key: string, now: number): readonly number[] {
    const { instants, first } = this.#actionsOf(key, now);
    return instants.slice(first);
  }

  /** Replaces what is known of a key. `false`: that is more than the limit allows. */
  set(key: string, instants: readonly number[], now: number): boolean {
    this.forget(key);
    this.#younger.set(key, { instants: instants.toSorted((a, b) => a - b), first: 0 });
    return this.recent(key, now).length <= this.#limit.count;
  }

  forget(key: string): void {
    this.#younger.delete(key);
    this.#elder.delete(key);
  }

  #actionsOf(key: string, now: number): Actions {
    const { windowMs } = this.#limit;
    if (now - this.#turnedAt >= windowMs || this.#younger.size >= keysAtMost) this.#turn(now);
    let actions = this.#younger.get(key);
    if (!actions) {
      actions = this.#elder.get(key) ?? { instants: [], first: 0 };
      this.#younger.set(key, actions);
    }
    const { instants } = actions;
    while ((instants[actions.first] ?? Infinity) <= now - windowMs) actions.first++;
    // Moved up only once that is half of them, so that each action is moved no more than twice on average.
    if (actions.first > instants.length / 2) {
      instants.splice(0, actions.first);
      actions.first = 0;
    }
    return actions;
  }

  #turn(now: number): void {
    this.#elder = this.#younger;
    this.#younger = new Map();
    this.#turnedAt = now;
  }
}
