import { Child } from "../child.ts";
import { type Baseline, compare, type Comparison, type Slice } from "../compare.ts";
import type { LoadCommands, Turn } from "../load/load.ts";
import { everyone, initialize, measure } from "../measure.ts";
import type { HasherCommands } from "../subjects/hasher.ts";
import type { LatchkeyCommands } from "../subjects/latchkey.ts";

const rounds = 4;
/** Enough to keep every core hashing. */
const usersAtOnce = 16;
const pingers = 4;
const pingPauseMs = 4;
const password = "correct horse battery";

const done = '"status":1}';

const bareHash = "Argon2id alone";
const idle = "ping, idle";

interface Arena {
  /** A slice is longer than elsewhere: a hash takes tens of milliseconds. */
  readonly seconds: number;
  readonly load: Child<LoadCommands>;
  readonly hasher: Child<HasherCommands>;
  readonly latchkey: Child<LatchkeyCommands>;
}

/** Sign-up and sign-in against the bare hash, and what they do to the pings of others. */
export async function passwords(seconds: number): Promise<Comparison[]> {
  await using stack = new AsyncDisposableStack();
  const load = stack.use(new Child<LoadCommands>("load/load.ts"));
  const hasher = stack.use(new Child<HasherCommands>("subjects/hasher.ts"));
  const latchkey = stack.use(new Child<LatchkeyCommands>("subjects/latchkey.ts"));
  const hasherUrl = await hasher.call("start");
  const { url, websocketApiKey } = await latchkey.call("start", { licenses: 1 });
  const connections = usersAtOnce;
  await load.call("open", { name: "users", url, door: "live", connections });
  await load.call("open", { name: "pingers", url, door: "live", connections: pingers });
  await load.call("open", { name: "echo pingers", url: hasherUrl, door: "live", connections: pingers });
  await load.call("run", { target: "users", scripts: initialize(websocketApiKey, connections) });
  await load.call("run", { target: "pingers", scripts: initialize(websocketApiKey, pingers) });
  const arena = { seconds: seconds * 3, load, hasher, latchkey };
  return [await rates(arena), await pingsMeanwhile(arena)];
}

function rates(arena: Arena): Promise<Comparison> {
  const against: Baseline[] = [{ name: bareHash, promise: { of: "throughput", bound: "at least", figure: 0.9 } }];
  return compare(`passwords, ${usersAtOnce} in flight`, rounds, [
    { name: bareHash, run: () => hash(arena) },
    { name: "sign-up", run: () => signUp(arena), against },
    { name: "sign-in", run: () => signIn(arena), against },
  ]);
}

function pingsMeanwhile(arena: Arena): Promise<Comparison> {
  const against: Baseline[] = [{ name: idle, promise: { of: "p99", bound: "at most", figure: 2 } }];
  const echoIdle = "ws echo, idle";
  return compare(`passwords, ${pingers} others ping every ${pingPauseMs} ms`, rounds, [
    { name: echoIdle, run: () => pings(arena, "echo pingers", '"id":') },
    {
      name: "ws echo, beside bare Argon2id",
      run: () => meanwhile(hash(arena), pings(arena, "echo pingers", '"id":')),
      against: [{ name: echoIdle }],
    },
    { name: idle, run: () => pings(arena, "pingers", done) },
    { name: "ping, beside sign-ups", run: () => meanwhile(signUp(arena), pings(arena, "pingers", done)), against },
    { name: "ping, beside sign-ins", run: () => meanwhile(signIn(arena), pings(arena, "pingers", done)), against },
  ]);
}

async function meanwhile(hashing: Promise<unknown>, pinging: Promise<Slice>): Promise<Slice> {
  const [slice] = await Promise.all([pinging, hashing]);
  return slice;
}

async function hash({ hasher, seconds }: Arena): Promise<Slice> {
  const cpuBefore = await hasher.cpuMicroseconds();
  const ran = await hasher.call("hash", { seconds });
  const cpuMicroseconds = ((await hasher.cpuMicroseconds()) - cpuBefore) / ran.count;
  return { opsPerSecond: ran.count / ran.seconds, cpuMicroseconds };
}

async function pings({ load, seconds }: Arena, target: string, expect: string): Promise<Slice> {
  const scripts = everyone(pingers, [{ send: { type: 103 }, expect }]);
  const {
    count,
    seconds: elapsed,
    ...latencies
  } = await load.call("run", { target, scripts, seconds, pauseMs: pingPauseMs });
  return { opsPerSecond: count / elapsed, ...latencies };
}

/** Account numbers that sign-ups have been given. */
let numbersGiven = 0;

function signUp({ load, latchkey, seconds }: Arena): Promise<Slice> {
  // More than anyone can hash in the time.
  const each = Math.ceil(seconds * 100);
  const first = numbersGiven;
  numbersGiven += each * usersAtOnce;
  const scripts = Array.from({ length: usersAtOnce }, (_, user) =>
    Array.from({ length: each }, (_, turn) => signUpOf(first + turn * usersAtOnce + user)),
  );
  return measure(load, latchkey, { target: "users", scripts, seconds });
}

function loginOf(account: number): string {
  return `bench-user-${account}`;
}

function signUpOf(account: number): Turn {
  return [{ send: { type: 1, login: loginOf(account), password }, expect: done }];
}

/** Each user has an account of its own: the sign-ups that came before began with these. */
function signIn({ load, latchkey, seconds }: Arena): Promise<Slice> {
  const scripts = Array.from({ length: usersAtOnce }, (_, index): Turn[] => [
    [
      { send: { type: 3, login: loginOf(index), password }, expect: done },
      { send: { type: 5 }, expect: done, uncounted: true },
    ],
  ]);
  return measure(load, latchkey, { target: "users", scripts, seconds });
}
