import type { LengthRefusal, PacketName } from "@latchkey/protocol";
import { lengthStatusOf, outputOf } from "@latchkey/protocol";
import type { ApiServer } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { Conversation } from "./conversation.ts";
import type { Endpoint } from "./endpoint.ts";
import { locationOf } from "./endpoint.ts";
import { TransportError, aborted } from "./errors.ts";
import type { SessionHooks } from "./hooks.ts";
import { Hooks } from "./hooks.ts";
import type { Terms } from "./pending-calls.ts";
import type { Fields } from "./results/fields.ts";

/** An answer, by the server or by ourselves. */
export interface Answer {
  readonly status: number;
  readonly output: Fields;
}

/** One request: a packet, what it carries, and the refusal it earns before it is sent, if any (LP-SDK-1). */
export interface Ask {
  readonly packet: PacketName;
  readonly input: object;
  readonly refusedAs?: (() => LengthRefusal | undefined) | undefined;
  readonly terms: Terms;
}

/** Where a line leads, and how it is kept. */
export interface LineOptions {
  readonly endpoint: Endpoint;
  readonly WebSocket: typeof WebSocket;
  readonly clock: Clock;
  readonly resume: boolean;
}

/** What a session and all its views share: at most one conversation at a time, and the listeners. */
export class Line {
  readonly hooks = new Hooks<SessionHooks>();
  readonly #options: LineOptions;
  #conversation: Conversation | undefined;
  #lastOperationTook = 0;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#conversation?.isOpen ?? false;
  }

  get lastOperationTook(): number {
    return this.#lastOperationTook;
  }

  async connect({ timeoutMs, signal }: Terms): Promise<ApiServer> {
    if (signal?.aborted) throw aborted(signal);
    if (this.#conversation && !this.#conversation.hasEnded) {
      throw new TransportError("already_connected", "this session has a connection already: shutdown() would end it");
    }
    const { endpoint, clock } = this.#options;
    const { hooks } = this;
    const conversation = new Conversation({ ...this.#options, url: endpoint.webSocketUrl, hooks, timeoutMs });
    this.#conversation = conversation;
    const askingLocation = new AbortController();
    const clearDeadline = clock.after(timeoutMs, () => askingLocation.abort());
    const abort = () => {
      conversation.fail((caller) => aborted(signal, caller));
      askingLocation.abort();
    };
    signal?.addEventListener("abort", abort);
    try {
      // Both at once: the location costs no round trip of its own.
      const asked = locationOf(endpoint, askingLocation.signal);
      await conversation.opened;
      void conversation.ended.then((ending) => {
        askingLocation.abort();
        hooks.tell({ shutdown: ending });
      });
      const location = await asked;
      conversation.check();
      return { location };
    } catch (error) {
      if (this.#conversation === conversation) this.#conversation = undefined;
      throw error;
    } finally {
      clearDeadline();
      askingLocation.abort();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Fails when there is no connection, even where the answer could be given without one (LP-SDK-2). */
  async ask({ packet, input, refusedAs, terms }: Ask): Promise<Answer> {
    const refusal = refusedAs?.();
    if (!this.#conversation) throw new TransportError("not_connected", "there is no connection: call connect() first");
    this.#conversation.check();
    if (terms.signal?.aborted) throw aborted(terms.signal);
    if (refusal) return { status: lengthStatusOf[refusal], output: {} };
    const { status, body, tookMs } = await this.#conversation.request(packet, input, terms);
    this.#lastOperationTook = tookMs;
    return { status, output: outputOf(body) };
  }

  async shutdown(timeoutMs: number): Promise<undefined> {
    const conversation = this.#conversation;
    this.#conversation = undefined;
    await conversation?.close(timeoutMs);
  }
}
