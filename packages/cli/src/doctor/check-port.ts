import { createServer } from "node:net";
import type { Config } from "@latchkey/server";
import { explain } from "../explain.ts";
import { type Check, failure, ok } from "./check.ts";

const name = "port";
const answerWithinMs = 2_000;

/** Whether a server could listen there, or one of ours does already. */
export async function checkPort(config: Config): Promise<Check> {
  const { host, port } = config;
  const place = `${port} of ${host}`;
  if (port === 0) return ok(name, "any free one");
  const error = await listeningError(host, port);
  if (!error) return ok(name, `${place} is free`);
  const location = await locationBehind(host, port);
  if (location !== undefined) return ok(name, `${place} is in use by a Latchkey (${location})`);
  return failure(name, {
    message: explain(error, config) ?? `${place} cannot be used`,
    why: "a server could not start",
    remedy: "give another host or port, or stop what has this one",
  });
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
