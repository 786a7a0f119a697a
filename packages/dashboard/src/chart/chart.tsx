import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { texts } from "#texts/texts.ts";
import { ChartTable } from "./chart-table.tsx";
import { areaPath, linePath, niceCeiling } from "./scale.ts";
import type { Series } from "./series.ts";

const words = texts.overview;

interface Props {
  readonly title: string;
  readonly series: readonly Series[];
  /** When each value was, as it is said. */
  readonly times: readonly string[];
}

/** Lines over time. What it shows can be read with the pointer, with the arrow keys, and as a table. */
export function Chart({ title, series, times }: Props) {
  const [at, setAt] = useState<number>();
  const last = times.length - 1;
  const top = niceCeiling(Math.max(0, ...series.flatMap(({ values }) => values)));
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(within(Math.round(((event.clientX - left) / width) * last), last));
  };
  const press = (event: KeyboardEvent) => {
    const moved = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    setAt(within((at ?? last) + moved, last));
  };
  const share = at === undefined ? 0 : at / Math.max(1, last);
  return (
    <figure className="lk-chart">
      <div className="lk-chart-scale" aria-hidden>
        <span>{top.toLocaleString("en")}</span>
        <span>{(top / 2).toLocaleString("en")}</span>
        <span>0</span>
      </div>
      <div
        className="lk-chart-plot"
        tabIndex={0}
        role="slider"
        aria-label={`${title}. ${words.keys}`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={readOut(series, times, at ?? last)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(undefined)}
        onKeyDown={press}
        onBlur={() => setAt(undefined)}
      >
        <svg viewBox={`0 0 ${Math.max(1, last)} 100`} preserveAspectRatio="none" aria-hidden>
          {series.map(({ name, values }, index) => (
            <g key={name} data-series={index}>
              {series.length === 1 && <path className="lk-chart-area" d={areaPath(values, top)} />}
              <path className="lk-chart-line" d={linePath(values, top)} vectorEffect="non-scaling-stroke" />
            </g>
          ))}
        </svg>
        {at !== undefined && (
          <>
            <span className="lk-chart-cross" style={{ left: `${100 * share}%` }} />
            <div
              className="lk-chart-tip"
              style={share < 0.5 ? { left: `${100 * share}%` } : { right: `${100 - 100 * share}%` }}
            >
              <div className="lk-quiet">{times[at]}</div>
              {series.map(({ name, values }, index) => (
                <div key={name} className="lk-chart-legend" data-series={index}>
                  {name} <strong>{(values[at] ?? 0).toLocaleString("en")}</strong>
                </div>
              ))}
            </div>
          </>
        )}
      </div>
      <div className="lk-chart-times" aria-hidden>
        <span>{times[0]}</span>
        <span>{times[Math.floor(last / 2)]}</span>
        <span>{times[last]}</span>
      </div>
      {series.length > 1 && (
        <ul className="lk-chart-names">
          {series.map(({ name }, index) => (
            <li key={name} className="lk-chart-legend" data-series={index}>
              {name}
            </li>
          ))}
        </ul>
      )}
      <ChartTable title={title} series={series} times={times} />
    </figure>
  );
}

function within(index: number, last: number): number {
  return Math.min(last, Math.max(0, index));
}

function readOut(series: readonly Series[], times: readonly string[], at: number): string {
  const values = series.map(({ name, values: all }) => `${name} ${(all[at] ?? 0).toLocaleString("en")}`);
  return `${words.read(times[at] ?? "")}: ${values.join(", ")}`;
}
