import type { Ending } from "./connection.ts";
import type { TransportError } from "./errors.ts";
import type { PanelEvent } from "./panel-event.ts";

/** What a session is after its connection was resumed. */
export interface Resumption {
  /** Whether it is authorized still: what happened meanwhile, such as a revocation, counts. */
  readonly isAuthorized: boolean;
}

/**
 * What a session tells without being asked, and what its listeners are given.
 *
 * | hook         | when it fires                                               | how often            | what never happens                          |
 * | ------------ | ----------------------------------------------------------- | -------------------- | ------------------------------------------- |
 * | `shutdown`   | an open connection has ended for good, whoever ended it     | once per `connect()` | a call still waiting; any hook after it     |
 * | `resumed`    | a lost connection has been replaced, the session is the same | once per resume     | a call lost, or carried out twice, by it    |
 * | `panelEvent` | the server tells of an event, after `enablePanelEvents()`   | once per event       | an operation that the event took away, done after it; an event from before a loss, made up for |
 * | `exception`  | the server sent a frame that is neither answer nor event    | once per such frame  | a call ended or the connection closed by it |
 *
 * An answer that comes after its call has ended is dropped without a word. That a connection is lost is not told: it
 * shows in `isConnected`, and is over with `resumed` or `shutdown`.
 */
export interface SessionHooks {
  readonly shutdown: Ending;
  readonly resumed: Resumption;
  readonly panelEvent: PanelEvent;
  readonly exception: TransportError;
}

/** Listeners by what they listen for. One that throws is an uncaught exception and keeps nobody else from being told. */
export class Hooks<T extends object> {
  readonly #listeners = new Set<(told: Partial<T>) => void>();

  /** Adds a listener and returns the function that removes it. */
  on<H extends keyof T>(hook: H, listener: (told: T[H]) => void): () => void {
    const hear = (told: Partial<T>) => {
      const heard = told[hook];
      if (heard) queueMicrotask(() => listener(heard));
    };
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  tell(told: Partial<T>): void {
    for (const hear of this.#listeners) hear(told);
  }
}
