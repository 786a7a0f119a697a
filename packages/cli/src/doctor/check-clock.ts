import { readableDuration, readableInstant } from "../output/spans.ts";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "clock";
/** This version was not written before. */
const earliest = Date.UTC(2025, 0, 1);
/** Half of what a node's lease lasts. */
const dangerousMs = 15_000;
const noticeableMs = 1_000;

/** A clock that is behind what was stored by it would let licenses last longer. */
export function checkClock(now: number, storedAt: readonly number[]): Check {
  const newest = Math.max(earliest, ...storedAt);
  const message = readableInstant(now);
  if (now >= newest) return ok(name, message);
  return failure(name, {
    message: `${message} is before ${readableInstant(newest)}, which has been already`,
    why: "licenses, sessions and lock-outs would last longer than they may",
    remedy: "set the clock, and keep it right with NTP (timedatectl set-ntp true)",
  });
}

/** Nodes judge each other's leases by their own clocks; the database's is the one that they can be compared with. */
export function checkDatabaseClock(aheadMs: number): Check {
  const by = Math.abs(aheadMs);
  const message = `${by < noticeableMs ? "less than 1s" : readableDuration(Math.round(by / 1000) * 1000)} from the database's`;
  if (by < noticeableMs) return ok("database clock", message);
  const finding = {
    message: `this clock is ${message}`,
    why: "nodes judge each other's leases by the time: one whose clock is far ahead takes sessions for lost",
    remedy: "keep the clocks of all nodes and of the database right with NTP",
  };
  return by < dangerousMs ? warning("database clock", finding) : failure("database clock", finding);
}
