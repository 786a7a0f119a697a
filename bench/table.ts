import type { Figures } from "./figures.ts";
import type { Baseline, Comparison, Ratios, Row, Spread } from "./compare.ts";

const header = [
  "subject",
  "ops/s",
  "CPU µs/op",
  "p50 ms",
  "p99 ms",
  "against",
  "per core",
  "throughput",
  "p99",
  "promise",
];

/** One comparison as an aligned text table. */
export function table({ title, rows }: Comparison): string {
  const lines = [header, ...rows.flatMap(linesOf)];
  return aligned(title, lines);
}

export function figuresTable({ title, columns, rows }: Figures): string {
  return aligned(title, [[...columns], ...rows.map((row) => row.map(String))]);
}

function aligned(title: string, lines: readonly (readonly string[])[]): string {
  const [first = []] = lines;
  const widths = first.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [title, ...text, ""].join("\n");
}

function linesOf({ subject, measured, against }: Row): string[][] {
  const { opsPerSecond, cpuMicroseconds, p50Ms, p99Ms } = measured;
  const own = [subject, shown(opsPerSecond, 0), shown(cpuMicroseconds, 1), shown(p50Ms, 2), shown(p99Ms, 2)];
  const [first = [], ...more] = against.map((baseline) => ratioCells(baseline, baseline.ratios));
  return [[...own, ...first], ...more.map((cells) => ["", "", "", "", "", ...cells])];
}

function ratioCells(baseline: Baseline, ratios: Ratios): string[] {
  const { perCore, throughput, p99 } = ratios;
  return [baseline.name, percent(perCore), percent(throughput), percent(p99), verdict(baseline, ratios)];
}

function verdict({ promise }: Baseline, ratios: Ratios): string {
  if (!promise) return "";
  const { of, bound, figure } = promise;
  const actual = ratios[of].median;
  const isKept = bound === "at least" ? actual >= figure : actual <= figure;
  return `${bound} ${Math.round(figure * 100)} %: ${isKept ? "kept" : "MISSED"}`;
}

function percent({ median, min, max }: Spread): string {
  const [middle, low, high] = [median, min, max].map((ratio) => Math.round(ratio * 100));
  return Number.isNaN(median) ? "" : `${middle} % (${low}–${high})`;
}

function shown(value: number | undefined, digits: number): string {
  return value === undefined || Number.isNaN(value) ? "" : value.toFixed(digits);
}
