import type { Ending } from "./connection.ts";
import type { TransportError } from "./errors.ts";

/**
 * What a session tells without being asked.
 *
 * | hook        | when it fires                                     | how often            | what never happens                          |
 * | ----------- | ------------------------------------------------- | -------------------- | ------------------------------------------- |
 * | `shutdown`  | an open connection has ended, whoever ended it    | once per connection  | a call of that connection still waiting     |
 * | `exception` | the server sent a frame that is no answer         | once per such frame  | a call ended or the connection closed by it |
 *
 * An answer that comes after its call has timed out is dropped without a word.
 */
export interface SessionHooks {
  readonly shutdown: (ending: Ending) => void;
  readonly exception: (error: TransportError) => void;
}

type Listeners = { readonly [H in keyof SessionHooks]: Set<SessionHooks[H]> };

/** The listeners of a session. One that throws is an uncaught exception and keeps nobody else from being told. */
export class Hooks {
  readonly #listeners: Listeners = { shutdown: new Set(), exception: new Set() };

  /** Adds a listener and returns the function that removes it. */
  on<H extends keyof SessionHooks>(hook: H, listener: SessionHooks[H]): () => void {
    const listeners: Set<SessionHooks[H]> = this.#listeners[hook];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  shutdown(ending: Ending): void {
    for (const listener of this.#listeners.shutdown) queueMicrotask(() => listener(ending));
  }

  exception(error: TransportError): void {
    for (const listener of this.#listeners.exception) queueMicrotask(() => listener(error));
  }
}
