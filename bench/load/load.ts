// The load generator: a process of its own, so that its work is not counted as any server's.
import { serveParent } from "../child.ts";
import { Link } from "./link.ts";

interface Target {
  readonly name: string;
  readonly url: string;
  readonly door: "live" | "http";
  readonly connections: number;
}

/** One request and a text that its answer must contain. */
interface Step {
  /** A packet of the live door, its id left out, or a path. */
  readonly send: object | string;
  /** The `user-token` header that goes with a path. */
  readonly token?: string;
  readonly expect: string;
  /** It only brings back what the next request needs, and is neither counted nor timed. */
  readonly uncounted?: true;
}

/** Requests that belong together: when the time is over, a turn that has begun is finished. */
export type Turn = readonly Step[];

export interface Run {
  readonly target: string;
  /** What each connection sends, one request after another. */
  readonly scripts: readonly (readonly Turn[])[];
  /** For so long, again and again; absent: once. */
  readonly seconds?: number;
  /** Between an answer and the next request. */
  readonly pauseMs?: number;
  /**
   * Never sleeps between answers. To wake a sleeping reader costs the writer about as much as a whole echo, and only the
   * slower servers would pay for it: a fast one never lets its client sleep.
   */
  readonly staysAwake?: true;
}

interface Ran {
  readonly count: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Opened extends Target {
  readonly links: Link[];
}

const targets = new Map<string, Opened>();
const owned = new AsyncDisposableStack();
let nextId = 1;

const loadCommands = { open, run };
export type LoadCommands = typeof loadCommands;
serveParent(loadCommands, owned);

async function open(target: Target): Promise<void> {
  const { name, url, door, connections } = target;
  const links = await Promise.all(Array.from({ length: connections }, () => Link[door](url)));
  targets.set(name, { ...target, links });
  owned.defer(() => {
    for (const link of links) link.close();
  });
}

/** An HTTP server closes connections that have been idle for a while. */
async function reopen({ url, door, links }: Opened): Promise<void> {
  if (door === "live") return;
  for (const [index, link] of links.entries()) if (link.isClosed) links[index] = await Link.http(url);
}

async function run({ target, scripts, seconds, pauseMs, staysAwake }: Run): Promise<Ran> {
  const opened = targets.get(target);
  if (!opened) throw new Error(`${target} is not open`);
  await reopen(opened);
  const startedAt = performance.now();
  const until = seconds === undefined ? undefined : startedAt + seconds * 1000;
  const latencies: number[] = [];
  const play = async (script: readonly Turn[], link: Link | undefined) => {
    if (!link) throw new Error(`${target} has only ${opened.connections} connections`);
    for (const step of stepsUntil(script, until)) {
      const sentAt = performance.now();
      const answer = await link.exchange(requestOf(step));
      if (!step.uncounted) latencies.push(performance.now() - sentAt);
      if (!answer.includes(step.expect)) throw new Error(`${target}: ${JSON.stringify(step)} got ${answer}`);
      if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  using _ = staysAwake ? stayAwake() : undefined;
  await Promise.all(scripts.map((script, index) => play(script, opened.links[index])));
  const elapsed = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    count: latencies.length,
    seconds: elapsed,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)] ?? Number.NaN,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
  };
}

function stayAwake(): Disposable {
  let isAwake = true;
  const again = () => {
    if (isAwake) setImmediate(again);
  };
  again();
  return {
    [Symbol.dispose]: () => {
      isAwake = false;
    },
  };
}

function* stepsUntil(script: readonly Turn[], until: number | undefined): Generator<Step> {
  do {
    for (const turn of script) {
      if (until !== undefined && performance.now() >= until) return;
      yield* turn;
    }
  } while (until !== undefined);
}

function requestOf({ send, token }: Step): string {
  if (typeof send !== "string") return `${JSON.stringify(send).slice(0, -1)},"id":${nextId++}}`;
  const header = token === undefined ? "" : `user-token: ${token}\r\n`;
  return `GET ${send} HTTP/1.1\r\nHost: bench\r\n${header}\r\n`;
}
