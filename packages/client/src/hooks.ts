import type { Ending } from "./connection.ts";
import type { TransportError } from "./errors.ts";
import type { PanelEvent } from "./panel-event.ts";

/** What a session is after its connection was resumed. */
export interface Resumption {
  /** Whether it is authorized still: what happened meanwhile, such as a revocation, counts. */
  readonly isAuthorized: boolean;
}

/**
 * What a session tells without being asked.
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
  readonly shutdown: (ending: Ending) => void;
  readonly resumed: (resumption: Resumption) => void;
  readonly panelEvent: (event: PanelEvent) => void;
  readonly exception: (error: TransportError) => void;
}

type Listeners = { readonly [H in keyof SessionHooks]: Set<SessionHooks[H]> };

/** The listeners of a session. One that throws is an uncaught exception and keeps nobody else from being told. */
export class Hooks {
  readonly #listeners: Listeners = {
    shutdown: new Set(),
    resumed: new Set(),
    panelEvent: new Set(),
    exception: new Set(),
  };

  /** Adds a listener and returns the function that removes it. */
  on<H extends keyof SessionHooks>(hook: H, listener: SessionHooks[H]): () => void {
    const listeners: Set<SessionHooks[H]> = this.#listeners[hook];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  shutdown(ending: Ending): void {
    tell(this.#listeners.shutdown, ending);
  }

  resumed(resumption: Resumption): void {
    tell(this.#listeners.resumed, resumption);
  }

  panelEvent(event: PanelEvent): void {
    tell(this.#listeners.panelEvent, event);
  }

  exception(error: TransportError): void {
    tell(this.#listeners.exception, error);
  }
}

function tell<T>(listeners: ReadonlySet<(told: T) => void>, told: T): void {
  for (const listener of listeners) queueMicrotask(() => listener(told));
}
