import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import type { SessionOptions } from "../session.ts";
import type { UserServiceOptions } from "../user-line.ts";
import type { Parcel } from "./parcel.ts";
import { unpack } from "./parcel.ts";

/** What the worker thread is to run the calls of. */
export type Host =
  | { readonly kind: "session"; readonly options: Omit<SessionOptions, "WebSocket"> }
  | { readonly kind: "userService"; readonly options: Omit<UserServiceOptions, "tokenStorage"> };

/** The first message to the worker. */
export interface Setup {
  readonly host: Host;
  readonly port: MessagePort;
  /** One number: 0 while a call runs, 1 once its parcel has been posted. */
  readonly signal: Int32Array;
}

/** Every other message. */
export interface Request {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly timeoutMs: number;
}

interface Running extends Omit<Setup, "host"> {
  readonly worker: Worker;
}

/** A call ends by its own time limit; a worker that is silent for this much longer is broken. */
const graceMs = 5_000;

/** Runs calls in a worker thread, one at a time, while this thread waits. The worker starts with the first call. */
export class Bridge {
  readonly #host: Host;
  readonly #errorFrom: (error: unknown) => Error;
  #running: Running | undefined;

  constructor(host: Host, errorFrom: (error: unknown) => Error) {
    this.#host = host;
    this.#errorFrom = errorFrom;
  }

  /** Returns the call's result or throws its error. The program does nothing else in between. */
  call(request: Request): unknown {
    return unpack(this.#exchange(request));
  }

  /** Ends the worker and all it holds. The next call starts another, which knows nothing of this one. */
  stop(): void {
    void this.#running?.worker.terminate();
    this.#running = undefined;
  }

  #exchange(request: Request): Parcel {
    try {
      const { port, signal } = (this.#running ??= start(this.#host));
      Atomics.store(signal, 0, 0);
      port.postMessage(request);
      Atomics.wait(signal, 0, 0, request.timeoutMs + graceMs);
      const received: { readonly message: Parcel } | undefined = receiveMessageOnPort(port);
      if (received) return received.message;
    } catch (error) {
      throw this.#errorFrom(error);
    }
    this.stop();
    throw this.#errorFrom(new Error(`the worker thread did not answer ${request.name}`));
  }
}

function start(host: Host): Running {
  // Without the program's own flags: with one like --input-type no file can start.
  const worker = new Worker(new URL(import.meta.resolve("#sync-worker")), { execArgv: [] });
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const setup: Setup = { host, port: port2, signal };
  worker.postMessage(setup, [port2]);
  // A program that forgets shutdown() can still end.
  worker.unref();
  return { worker, port: port1, signal };
}
