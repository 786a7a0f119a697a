/** What one slice of one subject came to. */
export interface Slice {
  readonly opsPerSecond: number;
  /** CPU time of the server process, all its threads, per operation; absent where it says nothing. */
  readonly cpuMicroseconds?: number;
  /** Latencies as the client sees them; absent where there is no client. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

export interface Subject {
  readonly name: string;
  readonly run: () => Promise<Slice>;
  readonly against?: readonly Baseline[];
}

/** What a subject is measured by, and the least it promises. */
export interface Baseline {
  readonly name: string;
  readonly promise?: Promised;
}

interface Promised {
  readonly of: keyof Ratios;
  readonly bound: "at least" | "at most";
  readonly figure: number;
}

/** Subject to baseline: above 1, the subject is faster (for `p99`: slower). */
export interface Ratios {
  readonly perCore: Spread;
  readonly throughput: Spread;
  readonly p99: Spread;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Comparison {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly subject: string;
  readonly measured: Slice;
  readonly against: readonly (Baseline & { readonly ratios: Ratios })[];
}

/** Runs the subjects in turns, so that whatever else the machine does meets all of them alike. The first turn warms up. */
export async function compare(title: string, rounds: number, subjects: readonly Subject[]): Promise<Comparison> {
  const slices = new Map<string, Slice[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of subjects) {
      const slice = await run();
      if (round > 0) slices.get(name)?.push(slice);
    }
  }
  return { title, rows: subjects.map((subject) => rowOf(subject, slices)) };
}

function rowOf({ name, against = [] }: Subject, slices: ReadonlyMap<string, readonly Slice[]>): Row {
  const own = slices.get(name) ?? [];
  const middle = (figure: keyof Slice) => median(own.map((slice) => slice[figure] ?? Number.NaN));
  const measured = {
    opsPerSecond: middle("opsPerSecond"),
    cpuMicroseconds: middle("cpuMicroseconds"),
    p50Ms: middle("p50Ms"),
    p99Ms: middle("p99Ms"),
  };
  return {
    subject: name,
    measured,
    against: against.map((baseline) => ({ ...baseline, ratios: ratiosOf(own, slices.get(baseline.name) ?? []) })),
  };
}

function ratiosOf(own: readonly Slice[], base: readonly Slice[]): Ratios {
  const spread = (ratio: (own: Required<Slice>, base: Required<Slice>) => number): Spread => {
    const ratios = own.flatMap((slice, round) => (base[round] ? [ratio(complete(slice), complete(base[round]))] : []));
    return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
  };
  return {
    perCore: spread((a, b) => b.cpuMicroseconds / a.cpuMicroseconds),
    throughput: spread((a, b) => a.opsPerSecond / b.opsPerSecond),
    p99: spread((a, b) => a.p99Ms / b.p99Ms),
  };
}

function complete(slice: Slice): Required<Slice> {
  return { cpuMicroseconds: Number.NaN, p50Ms: Number.NaN, p99Ms: Number.NaN, ...slice };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
