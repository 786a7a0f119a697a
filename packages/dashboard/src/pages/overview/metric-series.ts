import { type OutputOf, problemOf } from "@latchkey/protocol";
import type { Series } from "#chart/series.ts";

export type Metrics = OutputOf<"showApplicationMetrics">;

const refused = "refused:";

/** One series by its name on the server; where nothing was counted, there is none of it and all are zero. */
export function seriesOf({ series, step, from }: Metrics, name: string, label: string, to: number): Series {
  const values = series.find((each) => each.name === name)?.values;
  return { name: label, values: values ?? Array.from({ length: stepsOf({ step, from }, to) }, () => 0) };
}

/** How many steps there are from the beginning to an instant. */
export function stepsOf({ step, from }: Pick<Metrics, "step" | "from">, to: number): number {
  return Math.max(1, Math.ceil((to - from) / step));
}

/** The most frequent refusals one by one, and the rest together. */
export function refusalsOf({ series }: Metrics, atMost: number, others: string): readonly Series[] {
  const found = series
    .filter(({ name }) => name.startsWith(refused))
    .toSorted((a, b) => totalOf(b.values) - totalOf(a.values))
    .map(({ name, values }) => ({ name: titleOf(name.slice(refused.length)), values }));
  if (found.length <= atMost) return found;
  const rest = found.slice(atMost - 1);
  const sums = (rest[0]?.values ?? []).map((_, index) => totalOf(rest.map(({ values }) => values[index] ?? 0)));
  return [...found.slice(0, atMost - 1), { name: others, values: sums }];
}

export function totalOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** As operators are told; what only clients are told is spelled out: `licenseExpired` → `License expired`. */
function titleOf(refusal: string): string {
  const told = Object.entries(problemOf).find(([name]) => name === refusal)?.[1].title;
  const title = told ?? refusal.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}
