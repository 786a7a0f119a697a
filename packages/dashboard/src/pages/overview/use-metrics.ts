import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { call } from "#api/call.ts";
import { now } from "#clock.ts";
import type { Metrics } from "./metric-series.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** So long, in steps of so long, looked at again so often. */
export const ranges = {
  hour: { ms: hourMs, step: minuteMs, again: 15_000 },
  day: { ms: dayMs, step: 15 * minuteMs, again: minuteMs },
  week: { ms: 7 * dayMs, step: 2 * hourMs, again: 5 * minuteMs },
  month: { ms: 30 * dayMs, step: 12 * hourMs, again: 5 * minuteMs },
} as const;
export type Range = keyof typeof ranges;
export const rangeNames: readonly Range[] = ["hour", "day", "week", "month"];

export interface Measured {
  readonly metrics: Metrics;
  readonly to: number;
}

/** What the clients of an application have done lately. */
export function useMetrics(applicationId: string, range: Range): UseQueryResult<Measured> {
  const { ms, step, again } = ranges[range];
  return useQuery<Measured>({
    queryKey: ["showApplicationMetrics", { applicationId, range }],
    queryFn: async ({ signal }) => {
      const to = now();
      const from = Math.floor(to / step) * step + step - ms;
      const { output } = await call("showApplicationMetrics", { applicationId, from, to, step }, { signal });
      return { metrics: output, to };
    },
    refetchInterval: again,
    placeholderData: keepPreviousData,
  });
}
