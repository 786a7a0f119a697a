import { WebSocket } from "ws";
import type { Fields } from "./vectors.ts";

/** An answer or event as it came; an integer that JavaScript would round is its digits. */
export type Arrived = Readonly<Record<string, unknown>>;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Ids are a session's own: a resumed one goes on counting where its last connection was. */
let nextId = 1_000_000;
const eventId = "18446744073709551615";

/** One connection to the server under test. Events and answers wait apart from each other. */
export class Wire {
  readonly resumeId: string;
  readonly #socket: WebSocket;
  readonly #deadlineMs: number;
  readonly #answers: Arrived[] = [];
  readonly #events: Arrived[] = [];
  #closing: Closing | undefined;
  #changed = Promise.withResolvers<void>();

  private constructor(socket: WebSocket, resumeId: string, deadlineMs: number) {
    this.#socket = socket;
    this.resumeId = resumeId;
    this.#deadlineMs = deadlineMs;
    socket.on("message", (data: Buffer) => {
      const frame = parse(data.toString());
      (String(frame["id"]) === eventId ? this.#events : this.#answers).push(frame);
      this.#change();
    });
    socket.on("error", () => undefined);
    socket.on("close", (code, reason) => {
      this.#closing = { code, reason: reason.toString() };
      this.#change();
    });
  }

  static async connect(url: string, deadlineMs: number, resume?: string): Promise<Wire> {
    const headers = resume === undefined ? {} : { "Resume-Id": resume };
    const socket = new WebSocket(url, { headers, handshakeTimeout: deadlineMs });
    return new Promise((resolve, reject) => {
      // Before the first message can arrive, which may be in the same packet.
      socket.once("upgrade", ({ headers: { "resume-id": resumeId } }) => {
        const wire = new Wire(socket, String(resumeId ?? ""), deadlineMs);
        socket.once("open", () => resolve(wire));
      });
      socket.once("error", reject);
    });
  }

  /** Sends a request under an id of its own, which it answers. */
  ask(fields: Fields): number {
    const id = nextId++;
    this.send({ ...fields, id });
    return id;
  }

  send(frame: Fields | string): void {
    this.#socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  sendBytes(bytes: Buffer, binary: boolean): void {
    this.#socket.send(bytes, { binary });
  }

  /** The answer with this id, as soon as it is there; which digits the id has counts, not its type. */
  answer(id: unknown): Promise<Arrived> {
    return this.#take(`an answer to ${String(id)}`, this.#answers, (frame) => String(frame["id"]) === String(id));
  }

  event(): Promise<Arrived> {
    return this.#take("an event", this.#events, () => true);
  }

  get unreadEvents(): readonly Arrived[] {
    return this.#events;
  }

  closed(): Promise<Closing> {
    return this.#wait("a close", () => this.#closing, false);
  }

  /** Says goodbye, and waits until the server has said it too. */
  end(code: number): Promise<Closing> {
    this.#socket.close(code);
    return this.closed();
  }

  /** Goes away without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  async #take(what: string, from: Arrived[], fits: (frame: Arrived) => boolean): Promise<Arrived> {
    const frame = await this.#wait(what, () => from.find(fits), true);
    from.splice(from.indexOf(frame), 1);
    return frame;
  }

  async #wait<T>(what: string, look: () => T | undefined, needsOpen: boolean): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`waited ${this.#deadlineMs} ms for ${what}`)),
      this.#deadlineMs,
    );
    try {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        if (needsOpen && this.#closing) {
          throw new Error(`closed with ${this.#closing.code} "${this.#closing.reason}" instead of ${what}`);
        }
        const unexpected = needsOpen ? undefined : this.#answers[0];
        if (unexpected) throw new Error(`answered with ${JSON.stringify(unexpected)} instead of ${what}`);
        await Promise.race([this.#changed.promise, late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function parse(text: string): Arrived {
  const frame: unknown = JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? (context?.source ?? value) : value,
  );
  return typeof frame === "object" && frame !== null ? Object.fromEntries(Object.entries(frame)) : { frame };
}
