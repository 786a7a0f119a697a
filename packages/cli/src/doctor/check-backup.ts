import { readableInstant } from "../output/spans.ts";
import { type Check, ok, warning } from "./check.ts";

const name = "backup";
const oldMs = 7 * 86_400_000;

export function checkBackup(lastAt: number | undefined, now: number): Check {
  const why = "what was sold since the last backup is lost with the disk";
  const remedy = "let `latchkey backup DIR` run every day, and keep its directories on another machine";
  if (lastAt === undefined) return warning(name, { message: "none is known here", why, remedy });
  const message = `the last one was made at ${readableInstant(lastAt)}`;
  return now - lastAt > oldMs ? warning(name, { message, why, remedy }) : ok(name, message);
}
