// Thousands of live connections that do nothing until something is done to them: a process of its own.
import type { Socket } from "node:net";
import { serveParent } from "../child.ts";
import { decodeFrame, encodeFrame } from "./frames.ts";
import { upgrade } from "./link.ts";

interface Gathering {
  readonly url: string;
  readonly count: number;
  /** What each sends first, in turn; `client_id` is made up where it is to be one. Absent: nothing. */
  readonly websocketApiKey?: string;
  /** Each member authorizes with one of these. */
  readonly licenses?: readonly string[];
}

/** One connection: its answers come in the order of its requests. */
class Member {
  readonly #waiting: PromiseWithResolvers<string>[] = [];
  #received: Buffer = Buffer.alloc(0);
  #socket: Socket | undefined;
  resumeId = "";
  onEvent: (at: number) => void = () => undefined;

  async connect(url: string): Promise<void> {
    const socket = await upgrade(url);
    this.#received = Buffer.alloc(0);
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.#receive(bytes);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error("the server closed a connection"));
    });
  }

  async ask(packet: object): Promise<string> {
    const answer = Promise.withResolvers<string>();
    this.#waiting.push(answer);
    this.#socket?.write(encodeFrame(`${JSON.stringify(packet).slice(0, -1)},"id":${nextId++}}`));
    const text = await answer.promise;
    if (!text.includes('"status":1}')) throw new Error(`${JSON.stringify(packet)} got ${text}`);
    return text;
  }

  drop(): void {
    this.#socket?.destroy();
  }

  #receive(bytes: Buffer): void {
    const at = now();
    let rest = this.#received.length > 0 ? Buffer.concat([this.#received, bytes]) : bytes;
    try {
      for (let frame = decodeFrame(rest); frame; frame = decodeFrame(rest)) {
        rest = rest.subarray(frame.end);
        if (frame.text.includes('"event_type"')) this.onEvent(at);
        else this.#waiting.shift()?.resolve(frame.text);
      }
    } catch {
      // A close frame: the socket's end follows.
    }
    this.#received = rest;
  }
}

let nextId = 1;
let members: Member[] = [];
let arrivals: Promise<number[]> = Promise.resolve([]);

const crowdCommands = { gather, expectEvents, events, resume, disperse };
export type CrowdCommands = typeof crowdCommands;
serveParent(crowdCommands, new AsyncDisposableStack());

/** Milliseconds on a clock that all processes of a machine share. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Connects so many, a few at a time, and authorizes and subscribes them if there is something to do that with. */
async function gather({ url, count, websocketApiKey, licenses }: Gathering): Promise<void> {
  const newcomers = Array.from({ length: count }, () => new Member());
  await inTurns(newcomers, async (member, index) => {
    await member.connect(url);
    if (!websocketApiKey) return;
    const client = { websocket_api_key: websocketApiKey, client_id: `crowd-${index}` };
    const initialized = await member.ask({ type: 0, ...client });
    member.resumeId = textIn(initialized, "resume_id");
    const license = licenses?.[index % licenses.length];
    if (license === undefined) return;
    await member.ask({ type: 2, license });
    await member.ask({ type: 17, subscribed: true });
  });
  members.push(...newcomers);
}

/** From now on notes when events arrive, at these members or at all. */
function expectEvents({ at }: { readonly at?: number }): void {
  const listening = at === undefined ? members : members.slice(at, at + 1);
  arrivals = Promise.all(
    listening.map(
      (member) =>
        new Promise<number>((resolve) => {
          member.onEvent = resolve;
        }),
    ),
  );
}

/** When each of the expected events arrived. */
function events(): Promise<number[]> {
  return arrivals;
}

/** Connects everybody anew and resumes; answers when it began and when each had its session back. */
async function resume({ url }: { readonly url: string }): Promise<{ beganAt: number; resumedAt: number[] }> {
  const beganAt = now();
  const resumedAt: number[] = [];
  await inTurns(members, async (member) => {
    member.drop();
    await member.connect(url);
    member.resumeId = textIn(await member.ask({ type: 100, resume_id: member.resumeId }), "resume_id");
    resumedAt.push(now());
  });
  return { beganAt, resumedAt };
}

function disperse(): void {
  for (const member of members) member.drop();
  members = [];
}

/** As many as wait at a time in a server's queue of new connections. */
const atOnce = 1_000;

async function inTurns<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function textIn(answer: string, name: string): string {
  const [, value = ""] = new RegExp(`"${name}":"([^"]*)"`).exec(answer) ?? [];
  return value;
}
