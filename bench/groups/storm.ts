import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "../child.ts";
import { type Figures, spreadOf } from "../figures.ts";
import type { CrowdCommands } from "../load/crowd.ts";
import type { LoadCommands } from "../load/load.ts";
import { everyone, initialize } from "../measure.ts";
import type { EchoCommands } from "../subjects/echo.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

const manyConnections = 10_000;

/** The server is killed and started again, and everybody who was connected comes back at once. */
export async function storm(): Promise<Figures[]> {
  await using stack = new AsyncDisposableStack();
  const data = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  stack.defer(() => {
    rmSync(data, { recursive: true, force: true });
  });
  const crowd = stack.use(new Child<CrowdCommands>("load/crowd.ts"));
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const killed = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const { url, websocketApiKey, licenses } = await killed.call("start", { licenses: 100, data });
  await crowd.call("gather", { url, websocketApiKey, licenses, count: manyConnections });
  await killed.kill();

  const startedAt = performance.now();
  const server = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  await server.call("restart", { data, port: new URL(url).port });
  const startMs = performance.now() - startedAt;
  const others = { name: "others", url, door: "live", connections: 8 } as const;
  await load.call("open", others);
  await load.call("run", { target: "others", scripts: initialize(websocketApiKey, others.connections) });
  const variable = everyone(others.connections, [{ send: { type: 11, name: "none" }, expect: '"status":400}' }]);
  const idle = await load.call("run", { target: "others", scripts: variable, seconds: 2, pauseMs: 5 });
  const cpuBefore = await server.cpuMicroseconds();
  const [{ beganAt, resumedAt }, beside] = await Promise.all([
    crowd.call("resume", { url }),
    load.call("run", { target: "others", scripts: variable, seconds: 2, pauseMs: 5 }),
  ]);
  const cpuEach = ((await server.cpuMicroseconds()) - cpuBefore) / resumedAt.length;
  const bareCpuEach = await bareHandshakes(stack);
  const { p50, p99, max } = spreadOf(resumedAt.map((at) => at - beganAt));
  return [
    {
      title: `${resumedAt.length} clients resume after the server was killed and started again`,
      columns: ["what", "ms"],
      rows: [
        ["start of the server, its process included", startMs.toFixed(0)],
        ["half of the sessions resumed after", p50.toFixed(0)],
        ["99 of 100 resumed after", p99.toFixed(0)],
        ["all resumed after", max.toFixed(0)],
        ["CPU of the server for each", (cpuEach / 1000).toFixed(2)],
        ["CPU of a bare ws server for each new connection", (bareCpuEach / 1000).toFixed(2)],
        ["p99 of another client's reads, before", idle.p99Ms.toFixed(1)],
        ["p99 of another client's reads, in the first two seconds of it", beside.p99Ms.toFixed(1)],
      ],
    },
  ];
}

/** What a connection costs that does nothing but open, in microseconds of CPU. */
async function bareHandshakes(stack: AsyncDisposableStack): Promise<number> {
  const crowd = stack.use(new Child<CrowdCommands>("load/crowd.ts"));
  const echo = stack.use(new Child<EchoCommands>("subjects/echo.ts"));
  const url = await echo.call("start");
  await crowd.call("gather", { url, count: 1_000 });
  const before = await echo.cpuMicroseconds();
  await crowd.call("gather", { url, count: 4_000 });
  return ((await echo.cpuMicroseconds()) - before) / 4_000;
}
