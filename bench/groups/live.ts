import { Child } from "../child.ts";
import { type Baseline, compare, type Comparison, type Slice } from "../compare.ts";
import type { LoadCommands, Run, Turn } from "../load/load.ts";
import { everyone, initialize, measure } from "../measure.ts";
import type { DurableEchoCommands } from "../subjects/durable-echo.ts";
import type { EchoCommands } from "../subjects/echo.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

const rounds = 7;
const manyConnections = 64;

const bareEcho = "ws echo";
const commitEach = "ws echo + node:sqlite, a commit each";
const commitShared = "ws echo + node:sqlite, shared commits";

interface Arena {
  readonly connections: number;
  readonly licenses: readonly string[];
  /** One slice of load on each server, every connection with its own script. */
  readonly run: { readonly [N in ServerName]: (scripts: Run["scripts"]) => Promise<Slice> };
}
type ServerName = "echo" | "each" | "shared" | "latchkey";

/** Live operations against a bare echo, and those that write also against an echo that makes the same writes. */
export async function live(seconds: number): Promise<Comparison[]> {
  await using stack = new AsyncDisposableStack();
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const echo = stack.use(new Child<EchoCommands>("subjects/echo.ts"));
  const each = stack.use(new Child<DurableEchoCommands>("subjects/durable-echo.ts"));
  const shared = stack.use(new Child<DurableEchoCommands>("subjects/durable-echo.ts"));
  const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const { url, websocketApiKey, licenses } = await latchkey.call("start", { licenses: manyConnections });
  const urls = {
    echo: await echo.call("start"),
    each: await each.call("start", { commits: "each", licenses }),
    shared: await shared.call("start", { commits: "shared", licenses }),
    latchkey: url,
  };

  const comparisons: Comparison[] = [];
  for (const connections of [manyConnections, 1]) {
    const target = (name: ServerName) => `${name}, ${connections}`;
    for (const name of ["echo", "each", "shared", "latchkey"] as const) {
      await load.call("open", { name: target(name), url: urls[name], door: "live", connections });
    }
    await load.call("run", { target: target("latchkey"), scripts: initialize(websocketApiKey, connections) });
    const plan = (name: ServerName, scripts: Run["scripts"]): Run => {
      return { target: target(name), scripts, seconds, staysAwake: true };
    };
    const run: Arena["run"] = {
      echo: (scripts) => measure(load, echo, plan("echo", scripts)),
      each: (scripts) => measure(load, each, plan("each", scripts)),
      shared: (scripts) => measure(load, shared, plan("shared", scripts)),
      latchkey: (scripts) => measure(load, latchkey, plan("latchkey", scripts)),
    };
    const arena = { connections, licenses, run };
    comparisons.push(await readOnly(arena), await writing(arena));
  }
  return comparisons;
}

const answered = '"id":';
const done = '"status":1}';
const notAuthorized = '"status":3}';

function readOnly({ connections, run }: Arena): Promise<Comparison> {
  const ping = (expect: string) => everyone(connections, [{ send: { type: 103 }, expect }]);
  const logout = everyone(connections, [{ send: { type: 5 }, expect: notAuthorized }]);
  const against = [atLeast(0.6, bareEcho)];
  return compare(`live, nothing written, ${connections} in flight`, rounds, [
    { name: bareEcho, run: () => run.echo(ping(answered)) },
    { name: "ping", run: () => run.latchkey(ping(done)), against },
    { name: "logout, refused", run: () => run.latchkey(logout), against },
  ]);
}

function writing({ connections, licenses, run }: Arena): Promise<Comparison> {
  const cycle = (expect: string): Turn[][] =>
    licenses.slice(0, connections).map((license) => [
      [
        { send: { type: 2, license }, expect },
        { send: { type: 5 }, expect },
      ],
    ]);
  return compare(`live, authorize and logout in turn, ${connections} in flight`, rounds, [
    { name: bareEcho, run: () => run.echo(cycle(answered)) },
    { name: commitEach, run: () => run.each(cycle(answered)) },
    { name: commitShared, run: () => run.shared(cycle(answered)) },
    {
      name: "authorize/logout",
      run: () => run.latchkey(cycle(done)),
      against: [atLeast(0.3, bareEcho), atLeast(0.6, commitEach), atLeast(0.6, commitShared)],
    },
  ]);
}

function atLeast(figure: number, name: string): Baseline {
  return { name, promise: { of: "perCore", bound: "at least", figure } };
}
