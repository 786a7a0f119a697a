import type { Limit } from "./limiter.ts";

/** A key's actions: how many at each instant, in order. What lies before `first` has left the window. */
interface Actions {
  readonly moments: { readonly at: number; count: number }[];
  first: number;
  /** Of those that are in the window. */
  total: number;
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
    if (actions.total >= this.#limit.count) return false;
    add(actions, now);
    return true;
  }

  /** The instants of the actions that count at this moment. */
  recent(key: string, now: number): readonly number[] {
    const { moments, first } = this.#actionsOf(key, now);
    return moments.slice(first).flatMap(({ at, count }) => Array.from({ length: count }, () => at));
  }

  /** Replaces what is known of a key. `false`: that is more than the limit allows. */
  set(key: string, instants: readonly number[], now: number): boolean {
    this.forget(key);
    const actions = none();
    for (const at of instants.toSorted((a, b) => a - b)) add(actions, at);
    this.#younger.set(key, actions);
    return this.#actionsOf(key, now).total <= this.#limit.count;
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
      actions = this.#elder.get(key) ?? none();
      this.#younger.set(key, actions);
    }
    const { moments } = actions;
    for (let oldest = moments[actions.first]; oldest && oldest.at <= now - windowMs; oldest = moments[actions.first]) {
      actions.total -= oldest.count;
      actions.first++;
    }
    // Moved up only once that is half of them, so that each is moved no more than twice on average.
    if (actions.first > moments.length / 2) {
      moments.splice(0, actions.first);
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

function none(): Actions {
  return { moments: [], first: 0, total: 0 };
}

/** Actions of one instant are one entry: what a key is remembered by is bounded by the window, not by what it does. */
function add(actions: Actions, at: number): void {
  const last = actions.moments.at(-1);
  if (last?.at === at) last.count++;
  else actions.moments.push({ at, count: 1 });
  actions.total++;
}
