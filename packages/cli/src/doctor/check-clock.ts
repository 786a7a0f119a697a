import { readableInstant } from "../output/spans.ts";
import type { Check } from "./check.ts";

const name = "clock";
/** This version was not written before. */
const earliest = Date.UTC(2025, 0, 1);

/** A clock that is behind what was stored by it would let licenses last longer. */
export function checkClock(now: number, storedAt: readonly number[]): Check {
  const newest = Math.max(earliest, ...storedAt);
  const message = readableInstant(now);
  if (now >= newest) return { name, result: "ok", message };
  return { name, result: "failed", message: `${message} is before ${readableInstant(newest)}, which has been already` };
}
