import { readFileSync } from "node:fs";
import { type Check, ok, warning } from "./check.ts";

const name = "open files";
const few = 8_192;
/** The database, logs, downloads. */
const others = 256;

/** Each connection is an open file. `limits` is what Linux says of a process. */
export function checkDescriptors(limits: string | undefined = ownLimits()): Check {
  const [, hard] = /^Max open files\s+\d+\s+(\d+|unlimited)/m.exec(limits ?? "") ?? [];
  if (hard === undefined) return ok(name, "not known on this system");
  const connections = hard === "unlimited" ? Infinity : Number(hard) - others;
  const message =
    hard === "unlimited" ? "as many as there is memory for" : `${hard}, enough for ${connections} connections`;
  if (connections >= few - others) return ok(name, message);
  return warning(name, {
    message,
    why: "clients beyond that number cannot connect",
    remedy: "raise the limit (LimitNOFILE= of a systemd unit, ulimit -n in a shell)",
  });
}

function ownLimits(): string | undefined {
  try {
    return readFileSync("/proc/self/limits", "utf8");
  } catch {
    return undefined;
  }
}
