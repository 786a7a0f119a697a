import { measuresAreKeptMs, metricsPointsAtMost as pointsAtMost, minutesAreKeptMs } from "@latchkey/protocol";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const steps = [1, 5, 15, 60, 6 * 60, 24 * 60].map((minutes) => minutes * minuteMs);
const coarsest = dayMs;

/** What is asked for; `to` is not part of it. */
interface Wanted {
  readonly from?: number;
  readonly to?: number;
  readonly step?: number;
}

/** The stretch of time that is answered: steps of one length, at whole minutes, hours or days of UTC. */
export interface MetricsWindow {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** At the least as fine as what is kept allows, and never more than so many points: a step that is too small is widened. */
export function metricsWindow(wanted: Wanted, now: number): MetricsWindow {
  const to = Math.min(wanted.to ?? now, now + minuteMs);
  const from = Math.max(Math.min(wanted.from ?? to - dayMs, to), now - measuresAreKeptMs);
  const least = from < now - minutesAreKeptMs ? hourMs : minuteMs;
  const fits = (step: number) => step >= Math.max(least, wanted.step ?? 0) && countOf(from, to, step) <= pointsAtMost;
  const step = steps.find(fits) ?? coarsest;
  return { from: from - (from % step), step, count: countOf(from, to, step) };
}

function countOf(from: number, to: number, step: number): number {
  return Math.max(1, Math.ceil((to - (from - (from % step))) / step));
}
