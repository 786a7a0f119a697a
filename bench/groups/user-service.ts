import { Child } from "../child.ts";
import { type Baseline, compare, type Comparison } from "../compare.ts";
import type { LoadCommands, Run, Turn } from "../load/load.ts";
import { everyone, measure } from "../measure.ts";
import type { JsonServerCommands } from "../subjects/json-server.ts";
import type { LatchkeyCommands, Product } from "../subjects/latchkey.ts";

const rounds = 7;
const bareServer = "node:http JSON";

/** How many requests are in flight, and how many sessions are ended in a second's slice: each ends only once. */
const plans = [
  { connections: 64, logouts: 1_500 },
  { connections: 1, logouts: 400 },
];

/** Calls of the user service against a bare HTTP server that answers JSON. */
export async function userService(seconds: number): Promise<Comparison[]> {
  await using stack = new AsyncDisposableStack();
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const bare = stack.use(new Child<JsonServerCommands>("subjects/json-server.ts"));
  const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const bareUrl = await bare.call("start");
  const product = await latchkey.call("start", { licenses: 1 });
  const [live = ""] = await latchkey.call("openUserSessions", { count: 1 });
  const checkPath = `${usersOf(product)}/isvalidusertoken/${live}`;

  const comparisons: Comparison[] = [];
  for (const { connections, logouts } of plans) {
    const onBare = `bare, ${connections}`;
    const onLatchkey = `latchkey, ${connections}`;
    await load.call("open", { name: onBare, url: bareUrl, door: "http", connections });
    await load.call("open", { name: onLatchkey, url: product.url, door: "http", connections });
    const logout = async () => {
      const tokens = await latchkey.call("openUserSessions", { count: Math.ceil(logouts * seconds) });
      const scripts = dealOut(connections, logoutsOf(product, tokens));
      return measure(load, latchkey, { target: onLatchkey, scripts, staysAwake: true });
    };
    const check = (target: string, expect: string): Run => {
      return { target, scripts: everyone(connections, [{ send: checkPath, expect }]), seconds, staysAwake: true };
    };
    const comparison = await compare(`user service, ${connections} in flight`, rounds, [
      { name: bareServer, run: () => measure(load, bare, check(onBare, '"ok":true')) },
      {
        name: "token check",
        run: () => measure(load, latchkey, check(onLatchkey, "true")),
        against: [atLeast(0.6, bareServer)],
      },
      { name: "logout", run: logout, against: [atLeast(0.3, bareServer)] },
    ]);
    comparisons.push(comparison);
  }
  return comparisons;
}

function usersOf({ id, apiKey }: Product): string {
  return `/${id}/${apiKey}/users`;
}

function logoutsOf(product: Product, tokens: readonly string[]): Turn[] {
  return tokens.map((token) => [{ send: `${usersOf(product)}/logout`, token, expect: "null" }]);
}

/** One script per connection, the turns given out one by one. */
function dealOut(connections: number, turns: readonly Turn[]): Turn[][] {
  const scripts = Array.from({ length: connections }, (): Turn[] => []);
  for (const [index, turn] of turns.entries()) scripts[index % connections]?.push(turn);
  return scripts;
}

function atLeast(figure: number, name: string): Baseline {
  return { name, promise: { of: "perCore", bound: "at least", figure } };
}
