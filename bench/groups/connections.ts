import { Child } from "../child.ts";
import { type Figures, spreadOf } from "../figures.ts";
import type { CrowdCommands } from "../load/crowd.ts";
import type { EchoCommands } from "../subjects/echo.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

/** The last is what a process may have open on many systems. */
const crowds = [1_000, 10_000, 19_500];
const manyConnections = 10_000;
const bansMeasured = 200;

/** What idle connections weigh, and how fast a revocation reaches them. */
export async function connections(): Promise<Figures[]> {
  return [await memory(), await revocation()];
}

async function memory(): Promise<Figures> {
  const rows: (string | number)[][] = [];
  for (const count of crowds) {
    await using stack = new AsyncDisposableStack();
    const crowd = stack.use(new Child<CrowdCommands>("load/crowd.ts"));
    const echo = stack.use(new Child<EchoCommands>("subjects/echo.ts"));
    const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
    const echoUrl = await echo.call("start");
    const { url, websocketApiKey, licenses } = await latchkey.call("start", { licenses: 100 });
    // What the first hundred cost is the price of having started.
    const bare = await weigh(
      echo,
      () => crowd.call("gather", { url: echoUrl, count: 100 }),
      () => crowd.call("gather", { url: echoUrl, count }),
    );
    await crowd.call("disperse");
    const authorized = { url, websocketApiKey, licenses };
    const own = await weigh(
      latchkey,
      () => crowd.call("gather", { ...authorized, count: 100 }),
      () => crowd.call("gather", { ...authorized, count }),
    );
    rows.push([count, kilobytes(own / count), kilobytes(bare / count)]);
  }
  return {
    title: "memory of an idle connection, authorized and subscribed (RSS, aim 12 kB)",
    columns: ["connections", "Latchkey kB", "bare ws kB"],
    rows,
  };
}

async function weigh(
  server: Child<{ settledRss: () => Promise<number> }>,
  warmUp: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<number> {
  await warmUp();
  const before = await server.call("settledRss");
  await work();
  return (await server.call("settledRss")) - before;
}

async function revocation(): Promise<Figures> {
  await using stack = new AsyncDisposableStack();
  const crowd = stack.use(new Child<CrowdCommands>("load/crowd.ts"));
  const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const { url, websocketApiKey, licenses } = await latchkey.call("start", { licenses: manyConnections });
  await crowd.call("gather", { url, websocketApiKey, licenses, count: manyConnections });
  const bans: number[] = [];
  for (let at = 0; at < bansMeasured; at++) {
    await crowd.call("expectEvents", { at });
    const calledAt = await latchkey.call("pauseLicense", { license: licenses[at] ?? "" });
    const [arrivedAt = Number.NaN] = await crowd.call("events");
    bans.push(arrivedAt - calledAt);
  }
  await crowd.call("expectEvents", {});
  const calledAt = await latchkey.call("pauseApplication");
  const arrivals = await crowd.call("events");
  const row = (what: string, delays: readonly number[]) => {
    const { p50, p99, max } = spreadOf(delays);
    return [what, delays.length, milliseconds(p50), milliseconds(p99), milliseconds(max)];
  };
  return {
    title: `from an operator's call to the event at the client, ${manyConnections} connections (aim for one: p99 20 ms)`,
    columns: ["what", "events", "p50 ms", "p99 ms", "max ms"],
    rows: [
      row("one license paused, again and again", bans),
      row(
        "the application paused",
        arrivals.map((arrivedAt) => arrivedAt - calledAt),
      ),
    ],
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

function milliseconds(value: number): string {
  return value.toFixed(1);
}
