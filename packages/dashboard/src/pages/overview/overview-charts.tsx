import { useMemo, useState } from "react";
import { SegmentedControl } from "@mantine/core";
import { Chart } from "#chart/chart.tsx";
import type { Series } from "#chart/series.ts";
import { ProblemNotice } from "#parts/problem-notice.tsx";
import { Section } from "#parts/section.tsx";
import { SkeletonRows } from "#parts/skeleton-rows.tsx";
import { texts } from "#texts/texts.ts";
import { refusalsOf, seriesOf, stepsOf, totalOf } from "./metric-series.ts";
import { type Measured, type Range, rangeNames, ranges, useMetrics } from "./use-metrics.ts";

const words = texts.overview;
const refusalsAtMost = 5;
const counted = ["authorizations", "signUps"] as const;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** What happened over time. */
export function OverviewCharts({ applicationId }: { readonly applicationId: string }) {
  const [range, setRange] = useState<Range>("day");
  const { data, error, refetch } = useMetrics(applicationId, range);
  return (
    <>
      <div className="lk-range">
        <SegmentedControl
          aria-label={words.range}
          size="xs"
          data={rangeNames.map((name) => ({ value: name, label: words.ranges[name] }))}
          value={range}
          onChange={(value) => {
            const chosen = rangeNames.find((name) => name === value);
            if (chosen) setRange(chosen);
          }}
        />
      </div>
      {data ? (
        <Charts measured={data} />
      ) : (
        <div className="lk-card">
          {error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
        </div>
      )}
    </>
  );
}

function Charts({ measured: { metrics, to } }: { readonly measured: Measured }) {
  const times = useMemo(() => {
    const format =
      metrics.step >= ranges.week.step || stepsOf(metrics, to) * metrics.step > ranges.day.ms ? dayAndClock : clock;
    return Array.from({ length: stepsOf(metrics, to) }, (_, index) =>
      format.format(metrics.from + index * metrics.step),
    );
  }, [metrics, to]);
  const online = seriesOf(metrics, "online", words.charts.online.series, to);
  const refusals = refusalsOf(metrics, refusalsAtMost, words.others);
  const refused = totalOf(refusals.flatMap(({ values }) => values));
  return (
    <div className="lk-charts">
      <OneChart
        {...words.charts.online}
        number={Math.max(...online.values)}
        unit={words.highest}
        series={[online]}
        times={times}
      />
      {counted.map((name) => {
        const series = seriesOf(metrics, name, words.charts[name].series, to);
        const total = totalOf(series.values);
        return (
          <OneChart
            key={name}
            {...words.charts[name]}
            number={total}
            unit={words.total}
            series={[series]}
            times={times}
          />
        );
      })}
      <OneChart {...words.charts.refusals} number={refused} unit={words.total} series={refusals} times={times} />
    </div>
  );
}

interface Props {
  readonly title: string;
  readonly about: string;
  readonly number: number;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly times: readonly string[];
}

function OneChart({ title, about, number, unit, series, times }: Props) {
  const mark = (
    <span className="lk-quiet lk-small">
      <strong className="lk-numbers">{number.toLocaleString("en")}</strong> {unit}
    </span>
  );
  return (
    <Section title={title} about={about} actions={mark}>
      {number === 0 ? (
        <p className="lk-chart-nothing">{words.nothing}</p>
      ) : (
        <Chart title={title} series={series} times={times} />
      )}
    </Section>
  );
}
