import type { PacketName } from "@latchkey/protocol";
import { CloseCode, encodeRequest } from "@latchkey/protocol";
import type { Clock } from "./clock.ts";
import { TransportError } from "./errors.ts";
import { readFrame } from "./frames.ts";
import type { AnswerFrame } from "./pending-calls.ts";
import { PendingCalls } from "./pending-calls.ts";

/** How a connection ended. */
export interface Ending {
  readonly closeCode: number;
  readonly reason: string;
}

export interface ConnectionOptions {
  readonly url: URL;
  readonly WebSocket: typeof WebSocket;
  readonly clock: Clock;
  /** Opening takes no longer than this. */
  readonly timeoutMs: number;
  /** Told of a frame that is neither answer nor event; the connection goes on without it. */
  readonly onInvalidFrame: (error: TransportError) => void;
}

/** Makes the error of one call, on the stack of its caller. */
type ErrorFor = (caller?: Error) => TransportError;

/** One WebSocket from its opening to its end, and the calls that wait for an answer on it. */
export class Connection {
  /** Resolves when calls can be made; rejects with the reason why they never will. */
  readonly opened: Promise<void>;
  /** Resolves when the WebSocket is gone and every call has ended; never rejects. */
  readonly ended: Promise<Ending>;
  readonly #opening = Promise.withResolvers<void>();
  readonly #ending = Promise.withResolvers<Ending>();
  readonly #url: URL;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #pending: PendingCalls;
  readonly #clearDeadline: () => void;
  #state: "opening" | "open" | { readonly errorFor: ErrorFor } = "opening";

  constructor({ url, WebSocket, clock, timeoutMs, onInvalidFrame }: ConnectionOptions) {
    this.opened = this.#opening.promise;
    this.ended = this.#ending.promise;
    this.#url = url;
    this.#clock = clock;
    this.#pending = new PendingCalls(clock);
    this.#socket = openSocket(WebSocket, url);
    this.#clearDeadline = clock.after(timeoutMs, () => {
      this.#fail(connectFailed(url, `not open within ${timeoutMs} ms`));
    });
    this.#socket.addEventListener("open", () => this.#open());
    this.#socket.addEventListener("message", ({ data }) => this.#receive(data, onInvalidFrame));
    this.#socket.addEventListener("error", () => {
      if (this.#state === "opening") this.#fail(connectFailed(url, "no WebSocket server answers there"));
    });
    this.#socket.addEventListener("close", ({ code, reason }) => this.#closed({ closeCode: code, reason }));
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get hasEnded(): boolean {
    return typeof this.#state === "object";
  }

  /** Throws unless calls can be made: with what ended the connection, or because it is not open yet. */
  checkOpen(): void {
    if (typeof this.#state === "object") throw this.#state.errorFor();
    if (this.#state === "opening") {
      throw new TransportError("not_connected", "the connection is not open yet: wait for connect() first");
    }
  }

  /** Sends a request and resolves with its answer; rejects when there will be none. Only while open. */
  request(name: PacketName, input: object, timeoutMs: number): Promise<AnswerFrame> {
    const { id, answer } = this.#pending.add(name, timeoutMs);
    this.#socket.send(encodeRequest(name, id, input));
    return answer;
  }

  /** Ends every call with `shutdown`, says goodbye, and resolves when the other side has, or when time is up. */
  async close(timeoutMs: number): Promise<void> {
    this.#fail((caller) => new TransportError("shutdown", "shutdown() ended this call", { caller }));
    const { promise, resolve } = Promise.withResolvers<void>();
    const clearDeadline = this.#clock.after(timeoutMs, resolve);
    await Promise.race([this.ended, promise]);
    clearDeadline();
  }

  #open(): void {
    if (this.#state !== "opening") return;
    this.#clearDeadline();
    this.#state = "open";
    this.#opening.resolve();
  }

  #receive(data: unknown, onInvalidFrame: ConnectionOptions["onInvalidFrame"]): void {
    const frame = readFrame(data);
    if (frame.kind === "answer") this.#pending.settle(frame.id, frame.status, frame.body);
    // Without a subscription the server sends no events, and this SDK does not subscribe yet.
    if (frame.kind === "invalid") {
      onInvalidFrame(new TransportError("invalid_frame", "the server sent a frame that is neither answer nor event"));
    }
  }

  #fail(errorFor: ErrorFor): void {
    this.#end(errorFor);
    this.#socket.close(CloseCode.Normal);
  }

  #closed(ending: Ending): void {
    const { closeCode, reason } = ending;
    if (this.#state === "opening") this.#end(connectFailed(this.#url, `closed with ${closeCode} ${reason}`));
    const message = `the connection was closed with ${closeCode}${reason && ` (${reason})`}`;
    this.#end((caller) => new TransportError("closed", message, { closeCode, reason, caller }));
    this.#ending.resolve(ending);
  }

  /** The first end is the one that counts. */
  #end(errorFor: ErrorFor): void {
    if (typeof this.#state === "object") return;
    this.#state = { errorFor };
    this.#clearDeadline();
    this.#opening.reject(errorFor());
    this.#pending.failAll(errorFor);
  }
}

function connectFailed(url: URL, why: string): ErrorFor {
  return (caller) => new TransportError("connect_failed", `could not connect to ${url.href}: ${why}`, { caller });
}

/** Throws where the platform forbids the connection, as a page on https does to an address on ws. */
function openSocket(WebSocket: ConnectionOptions["WebSocket"], url: URL): WebSocket {
  try {
    return new WebSocket(url);
  } catch (cause) {
    throw new TransportError("connect_failed", `could not connect to ${url.href}: it is not allowed here`, { cause });
  }
}
