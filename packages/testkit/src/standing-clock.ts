interface Alarm {
  readonly dueAt: number;
  readonly action: () => void;
}

/** The SDK's clock, standing still until it is told otherwise. Runs in a page too. */
export class StandingClock {
  #now = 0;
  readonly #alarms = new Set<Alarm>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const alarm = { dueAt: this.#now + delayMs, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Always the same: what is drawn does not matter where nothing happens by itself. */
  random(): number {
    return 0.5;
  }

  /** Moves on, then rings what is due by then. */
  advance(ms: number): void {
    this.#now += ms;
    for (const alarm of [...this.#alarms]) {
      // One may have been called off by the one before it.
      if (alarm.dueAt > this.#now || !this.#alarms.delete(alarm)) continue;
      alarm.action();
    }
  }

  /** How many are set. */
  get timers(): number {
    return this.#alarms.size;
  }
}
