/** Upper bounds in seconds; what is above the last is counted too. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How many durations fell between which bounds. */
export class Histogram {
  readonly #counts = new Float64Array(bounds.length + 1);
  #sum = 0;

  observeMs(ms: number): void {
    const seconds = ms / 1000;
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] ?? 0)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** Counts of all durations up to each bound, the last one without a bound. */
  read(): { readonly buckets: readonly (readonly [bound: string, count: number])[]; readonly sum: number } {
    let count = 0;
    const buckets = Array.from(this.#counts, (added, index) => {
      count += added;
      return [String(bounds[index] ?? "+Inf"), count] as const;
    });
    return { buckets, sum: this.#sum };
  }
}
