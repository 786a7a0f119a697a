import { createServer } from "node:net";
import type { Config } from "@latchkey/server";
import { explain } from "../explain.ts";
import type { Check } from "./check.ts";

const name = "port";
const answerWithinMs = 2_000;

/** Whether a server could listen there, or one of ours does already. */
export async function checkPort(config: Config): Promise<Check> {
  const { host, port } = config;
  const place = `${port} of ${host}`;
  if (port === 0) return { name, result: "ok", message: "any free one" };
  const error = await listeningError(host, port);
  if (!error) return { name, result: "ok", message: `${place} is free` };
  const location = await locationBehind(host, port);
  if (location !== undefined) return { name, result: "ok", message: `${place} is in use by a Latchkey (${location})` };
  return { name, result: "failed", message: explain(error, config) ?? `${place} cannot be used` };
}

function listeningError(host: string, port: number): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** What the server there says of itself; `undefined`: it is not one of ours. */
async function locationBehind(host: string, port: number): Promise<string | undefined> {
  const signal = AbortSignal.timeout(answerWithinMs);
  try {
    const answer: unknown = await (await fetch(`http://${reachable(host)}:${port}/live`, { signal })).json();
    if (typeof answer !== "object" || answer === null || !("location" in answer)) return undefined;
    return typeof answer.location === "string" ? answer.location : undefined;
  } catch {
    return undefined;
  }
}

/** The address at which a listener on all addresses answers. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
