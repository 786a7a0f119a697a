import { clientCloseCodes } from "@latchkey/protocol";
import type { Clock } from "./clock.ts";

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
  readonly onOpen: () => void;
  readonly onMessage: (data: unknown) => void;
  /** Told once, also of one that never opened: `problem` says in words what was in its way. Nothing follows it. */
  readonly onEnd: (ending: Ending, problem: string) => void;
}

/** What an end without a close frame stands for. */
const noCode = 1006;

/** One WebSocket from its opening to its end. Nothing is told before the constructor is over. */
export class Connection {
  readonly #socket: WebSocket | undefined;
  readonly #clearDeadline: () => void;
  readonly #onEnd: ConnectionOptions["onEnd"];
  #state: "opening" | "open" | "ended" = "opening";

  constructor({ url, WebSocket, clock, timeoutMs, onOpen, onMessage, onEnd }: ConnectionOptions) {
    this.#onEnd = onEnd;
    this.#clearDeadline = clock.after(timeoutMs, () => this.abandon(`not open within ${timeoutMs} ms`));
    let socket: WebSocket;
    try {
      socket = new WebSocket(url);
    } catch {
      // The platform forbids it, as a page on https does to an address on ws.
      queueMicrotask(() => this.abandon("it is not allowed here"));
      return;
    }
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (this.#state !== "opening") return;
      this.#clearDeadline();
      this.#state = "open";
      onOpen();
    });
    socket.addEventListener("message", ({ data }) => {
      if (this.#state === "open") onMessage(data);
    });
    socket.addEventListener("error", () => {
      if (this.#state === "opening") this.abandon("no WebSocket server answers there");
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.#end({ closeCode: code, reason }, `closed with ${code} ${reason}`);
    });
  }

  get hasEnded(): boolean {
    return this.#state === "ended";
  }

  /** Only once open. What does not arrive is lost: it is for the caller to remember. */
  send(frame: string): void {
    this.#socket?.send(frame);
  }

  /** Says goodbye, which ends the session too (LP-RES-7); the end comes when the other side has said it as well. */
  close(): void {
    this.#socket?.close(clientCloseCodes.Normal);
  }

  /** Ends it at once, without the goodbye that would end the session. */
  abandon(problem: string): void {
    this.#end({ closeCode: noCode, reason: "" }, problem);
    this.#socket?.close();
  }

  #end(ending: Ending, problem: string): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#clearDeadline();
    this.#onEnd(ending, problem);
  }
}
