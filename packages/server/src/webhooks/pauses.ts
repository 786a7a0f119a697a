import { randomInt } from "node:crypto";

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** What Standard Webhooks propose: ten attempts within four days. */
const pausesMs = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** How long to wait after so many failures; `undefined`: it is enough. */
export function pauseAfter(failures: number): number | undefined {
  const pauseMs = pausesMs[failures - 1];
  // What failed together does not come back together.
  return pauseMs === undefined ? undefined : pauseMs + randomInt(pauseMs / 10);
}
