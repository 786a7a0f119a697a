import { useState } from "react";
import { texts } from "#texts/texts.ts";
import type { Series } from "./series.ts";

const words = texts.overview;

interface Props {
  readonly title: string;
  readonly series: readonly Series[];
  readonly times: readonly string[];
}

/** The same numbers, the newest first; made when somebody wants to see them. */
export function ChartTable({ title, series, times }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="lk-chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.table}</summary>
      {isOpen && (
        <div className="lk-chart-rows" tabIndex={0} role="region" aria-label={title}>
          <table className="lk-table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{words.time}</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" data-align="right">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times
                .map((time, index) => (
                  <tr key={index}>
                    <td data-main>{time}</td>
                    {series.map(({ name, values }) => (
                      <td key={name} data-align="right" data-title={name} className="lk-numbers">
                        {(values[index] ?? 0).toLocaleString("en")}
                      </td>
                    ))}
                  </tr>
                ))
                .toReversed()}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
