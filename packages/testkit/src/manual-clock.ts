import type { Clock, Timer } from "@latchkey/server";

interface Alarm {
  at: number;
  readonly everyMs?: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to move. */
export class ManualClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Timer {
    return this.#set({ at: this.#now + ms, run });
  }

  every(ms: number, run: () => void): Timer {
    return this.#set({ at: this.#now + ms, everyMs: ms, run });
  }

  #set(alarm: Alarm): Timer {
    this.#alarms.add(alarm);
    return { cancel: () => this.#alarms.delete(alarm) };
  }

  /** Moves on, ringing what falls due in its order, each at its own instant. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#now = next.at;
      if (next.everyMs === undefined) this.#alarms.delete(next);
      else next.at += next.everyMs;
      next.run();
      await flush();
    }
    this.#now = until;
  }

  /** Moves on as the clock of a machine that has slept: what fell due in the meantime rings once, at the end. */
  async leap(ms: number): Promise<void> {
    this.#now += ms;
    const due = [...this.#alarms].filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    for (const alarm of due) {
      if (alarm.everyMs === undefined) this.#alarms.delete(alarm);
      else alarm.at = this.#now + alarm.everyMs;
      alarm.run();
      await flush();
    }
  }

  #next(until: number): Alarm | undefined {
    const due = [...this.#alarms].filter(({ at }) => at <= until);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything run that is ready to. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
