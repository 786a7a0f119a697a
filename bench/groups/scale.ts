import { Child } from "../child.ts";
import { type Comparison, compare, type Subject } from "../compare.ts";
import type { LoadCommands, Turn } from "../load/load.ts";
import { initialize, measure } from "../measure.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

const sizes = [1_000, 1_000_000, 10_000_000];
const rowsAtATime = 500_000;
const rounds = 5;
const connections = 16;
/** So many licenses, spread over all of them, are used by each connection. */
const licensesEach = 500;

/** What an authorize costs with so many licenses in the database. */
export async function scale(seconds: number): Promise<Comparison[]> {
  await using stack = new AsyncDisposableStack();
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const subjects: Subject[] = [];
  for (const size of sizes) {
    const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
    const { url, websocketApiKey } = await latchkey.call("start", { licenses: 1 });
    for (let from = 0; from < size; from += rowsAtATime) {
      await latchkey.call("addLicenses", { from, count: Math.min(rowsAtATime, size - from) });
    }
    const target = nameOf(size);
    await load.call("open", { name: target, url, door: "live", connections });
    await load.call("run", { target, scripts: initialize(websocketApiKey, connections) });
    const scripts = Array.from({ length: connections }, (_, connection) => cycles(connection, size));
    subjects.push({
      name: target,
      run: () => measure(load, latchkey, { target, scripts, seconds, staysAwake: true }),
      ...(size > 1_000 && {
        against: [{ name: nameOf(1_000), promise: { of: "perCore", bound: "at least", figure: 1 / 1.3 } }],
      }),
    });
  }
  return [await compare(`authorize and logout by the number of licenses, ${connections} in flight`, rounds, subjects)];
}

function nameOf(size: number): string {
  return `${size} licenses`;
}

/** Authorizes with one license after another, far from each other, and logs out again. */
function cycles(connection: number, size: number): Turn[] {
  return Array.from({ length: licensesEach }, (_, index) => {
    // A large prime number of steps away, so that every part of the index is met.
    const number = ((connection * licensesEach + index) * 7_368_787) % size;
    const license = `SCALE-${`${number}`.padStart(12, "0")}`;
    return [
      { send: { type: 2, license }, expect: '"status":1}' },
      { send: { type: 5 }, expect: '"status":1}' },
    ];
  });
}
