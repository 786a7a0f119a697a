import type { Clock } from "./clock.ts";
import { TransportError } from "./errors.ts";

/** One answer frame, whole, and how long it took to come. */
export interface AnswerFrame {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly tookMs: number;
}

interface PendingCall {
  readonly sentAt: number;
  readonly caller: Error;
  readonly clearDeadline: () => void;
  readonly resolve: (answer: AnswerFrame) => void;
  readonly reject: (error: TransportError) => void;
}

/**
 * The calls of one connection that have no answer yet.
 * Each ends exactly once: with its answer, at its deadline, or with all others when the connection does.
 */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #calls = new Map<number, PendingCall>();
  /** Safe integers: at a million calls a second they last for centuries. */
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Registers a call under an id of its own. Called on the caller's stack, which its error will show. */
  add(name: string, timeoutMs: number): { readonly id: number; readonly answer: Promise<AnswerFrame> } {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<AnswerFrame>();
    const clearDeadline = this.#clock.after(timeoutMs, () => {
      const message = `${name} had no answer within ${timeoutMs} ms; the server may still carry it out`;
      this.#take(id)?.reject(new TransportError("timeout", message, { caller }));
    });
    const caller = new Error();
    this.#calls.set(id, { sentAt: this.#clock.now(), caller, clearDeadline, resolve, reject });
    return { id, answer: promise };
  }

  /** Hands an answer to the call it belongs to. One that nobody waits for any more is dropped. */
  settle(id: number, status: number, body: AnswerFrame["body"]): void {
    const call = this.#take(id);
    call?.resolve({ status, body, tookMs: this.#clock.now() - call.sentAt });
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
    call?.clearDeadline();
    this.#calls.delete(id);
    return call;
  }
}
