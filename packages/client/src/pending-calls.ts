import type { Clock } from "./clock.ts";
import { TransportError, aborted } from "./errors.ts";

/** One answer frame, whole, and how long it took to come. */
export interface AnswerFrame {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly tookMs: number;
}

/** How long a call waits, and what may end it before. */
export interface Terms {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface PendingCall {
  readonly frame: string;
  readonly madeAt: number;
  readonly caller: Error;
  /** Nothing is to end it any more. */
  readonly release: () => void;
  readonly resolve: (answer: AnswerFrame) => void;
  readonly reject: (error: TransportError) => void;
}

/**
 * The calls that have no answer yet.
 * Each ends exactly once: with its answer, at its deadline, when its signal says so, or with all others.
 */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #calls = new Map<number, PendingCall>();
  /** Safe integers: at a million calls a second they last for centuries. */
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** The frames of all calls, in the order in which they were made. */
  frames(): string[] {
    return [...this.#calls.values()].map(({ frame }) => frame);
  }

  nextId(): number {
    return ++this.#lastId;
  }

  /** Registers a call under an id of its own. Called on the caller's stack, which its error will show. */
  add(
    name: string,
    frameUnder: (id: number) => string,
    { timeoutMs, signal }: Terms,
  ): { readonly frame: string; readonly answer: Promise<AnswerFrame> } {
    const id = this.nextId();
    const frame = frameUnder(id);
    const { promise, resolve, reject } = Promise.withResolvers<AnswerFrame>();
    const caller = new Error();
    const clearDeadline = this.#clock.after(timeoutMs, () => {
      const message = `${name} had no answer within ${timeoutMs} ms; the server may still carry it out`;
      this.#take(id)?.reject(new TransportError("timeout", message, { caller }));
    });
    const abort = () => this.#take(id)?.reject(aborted(signal, caller));
    signal?.addEventListener("abort", abort);
    const release = () => {
      clearDeadline();
      signal?.removeEventListener("abort", abort);
    };
    this.#calls.set(id, { frame, madeAt: this.#clock.now(), caller, release, resolve, reject });
    return { frame, answer: promise };
  }

  /** Hands an answer to the call it belongs to. One that nobody waits for any more is dropped. */
  settle(id: number, status: number, body: AnswerFrame["body"]): void {
    const call = this.#take(id);
    call?.resolve({ status, body, tookMs: this.#clock.now() - call.madeAt });
  }

  /** Ends every call with the error made for it. */
  failAll(errorFor: (caller: Error) => TransportError): void {
    for (const id of [...this.#calls.keys()]) {
      const call = this.#take(id);
      call?.reject(errorFor(call.caller));
    }
  }

  #take(id: number): PendingCall | undefined {
    const call = this.#calls.get(id);
    call?.release();
    this.#calls.delete(id);
    return call;
  }
}
