import { Histogram } from "./histogram.ts";
import {
  type CellName,
  type HistogramName,
  type LabelsOf,
  metricDefinitions,
  type MetricName,
} from "./metric-definitions.ts";

/** One number of a counter or a gauge; whoever moves it keeps it, so that counting is an addition. */
export interface Cell {
  value: number;
}

/** The numbers of one process (ADR 26 says why they are not a library's). */
export class Metrics {
  readonly #cells = new Map<MetricName, Map<string, Cell>>();
  readonly #histograms = new Map<MetricName, Map<string, Histogram>>();
  readonly #sources: (() => void | Promise<void>)[] = [];

  cell<N extends CellName>(name: N, ...labels: LabelsOf<N>): Cell {
    return memberOf(this.#cells, name, labels, () => ({ value: 0 }));
  }

  histogram<N extends HistogramName>(name: N, ...labels: LabelsOf<N>): Histogram {
    return memberOf(this.#histograms, name, labels, () => new Histogram());
  }

  /** Sets cells to what is the case now, each time before they are read. One that fails says nothing. */
  beforeRead(source: () => void | Promise<void>): void {
    this.#sources.push(source);
  }

  /** All of them in Prometheus' text form. */
  async text(): Promise<string> {
    await Promise.allSettled(this.#sources.map(async (source) => source()));
    const lines: string[] = [];
    for (const [name, { type, about }] of Object.entries(metricDefinitions)) {
      const samples = isMetric(name) ? [...this.#cellLines(name), ...this.#histogramLines(name)] : [];
      if (samples.length > 0) lines.push(`# HELP ${name} ${about}`, `# TYPE ${name} ${type}`, ...samples);
    }
    return `${lines.join("\n")}\n`;
  }

  #cellLines(name: MetricName): string[] {
    return [...(this.#cells.get(name) ?? [])].map(([labels, { value }]) => `${name}${braced(labels)} ${value}`);
  }

  #histogramLines(name: MetricName): string[] {
    return [...(this.#histograms.get(name) ?? [])].flatMap(([labels, histogram]) => {
      const { buckets, sum } = histogram.read();
      const before = labels === "" ? "" : `${labels},`;
      return [
        ...buckets.map(([bound, count]) => `${name}_bucket${braced(`${before}le="${bound}"`)} ${count}`),
        `${name}_sum${braced(labels)} ${sum}`,
        `${name}_count${braced(labels)} ${buckets.at(-1)?.[1] ?? 0}`,
      ];
    });
  }
}

function memberOf<T>(
  families: Map<MetricName, Map<string, T>>,
  name: MetricName,
  values: readonly string[],
  make: () => T,
): T {
  const family = families.get(name) ?? new Map<string, T>();
  families.set(name, family);
  const key = metricDefinitions[name].labels.map((label, index) => `${label}="${escaped(values[index])}"`).join(",");
  const member = family.get(key) ?? make();
  family.set(key, member);
  return member;
}

function escaped(value = ""): string {
  return value.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
}

function braced(labels: string): string {
  return labels === "" ? "" : `{${labels}}`;
}

function isMetric(name: string): name is MetricName {
  return Object.hasOwn(metricDefinitions, name);
}
