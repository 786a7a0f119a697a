import type { Child, Commands } from "./child.ts";
import type { Slice } from "./compare.ts";
import type { LoadCommands, Run, Turn } from "./load/load.ts";

/** Puts load on a server for one slice, and weighs what that cost the server. */
export async function measure<C extends Commands<C>>(
  load: Child<LoadCommands>,
  server: Child<C>,
  run: Run,
): Promise<Slice> {
  const cpuBefore = await server.cpuMicroseconds();
  const { count, seconds, p50Ms, p99Ms } = await load.call("run", run);
  const cpuMicroseconds = ((await server.cpuMicroseconds()) - cpuBefore) / count;
  return { opsPerSecond: count / seconds, cpuMicroseconds, p50Ms, p99Ms };
}

/** The same turn for every connection. */
export function everyone(connections: number, turn: Turn): Turn[][] {
  return Array.from({ length: connections }, () => [turn]);
}

/** The packets that initialize that many live connections. */
export function initialize(websocketApiKey: string, connections: number): Turn[][] {
  return Array.from({ length: connections }, (_, index) => {
    const client = { websocket_api_key: websocketApiKey, client_id: `bench-client-${index}` };
    return [[{ send: { type: 0, ...client }, expect: '"status":1}' }]];
  });
}
