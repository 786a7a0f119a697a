import type { PacketName } from "@latchkey/protocol";
import { outputOf, statusOf } from "@latchkey/protocol";
import type { ApiServer } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import type { Endpoint } from "./endpoint.ts";
import { locationOf } from "./endpoint.ts";
import { TransportError } from "./errors.ts";
import { Hooks } from "./hooks.ts";
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
  readonly refusedAs?: (() => keyof typeof statusOf | undefined) | undefined;
  readonly timeoutMs: number;
}

/** What a session and all its views share: at most one connection at a time, and the listeners. */
export class Line {
  readonly hooks = new Hooks();
  readonly #endpoint: Endpoint;
  readonly #WebSocket: typeof WebSocket;
  readonly #clock: Clock;
  #connection: Connection | undefined;
  #lastOperationTook = 0;

  constructor(endpoint: Endpoint, WebSocket: typeof globalThis.WebSocket, clock: Clock) {
    this.#endpoint = endpoint;
    this.#WebSocket = WebSocket;
    this.#clock = clock;
  }

  get isConnected(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  get lastOperationTook(): number {
    return this.#lastOperationTook;
  }

  async connect(timeoutMs: number): Promise<ApiServer> {
    if (this.#connection && !this.#connection.hasEnded) {
      throw new TransportError("already_connected", "this session has a connection already: shutdown() would end it");
    }
    const connection = new Connection({
      url: this.#endpoint.webSocketUrl,
      WebSocket: this.#WebSocket,
      clock: this.#clock,
      timeoutMs,
      onInvalidFrame: (error) => this.hooks.exception(error),
    });
    this.#connection = connection;
    const askingLocation = new AbortController();
    const clearDeadline = this.#clock.after(timeoutMs, () => askingLocation.abort());
    try {
      // Both at once: the location costs no round trip of its own.
      const asked = locationOf(this.#endpoint, askingLocation.signal);
      await connection.opened;
      void connection.ended.then((ending) => {
        askingLocation.abort();
        this.hooks.shutdown(ending);
      });
      const location = await asked;
      connection.checkOpen();
      return { location };
    } catch (error) {
      if (this.#connection === connection) this.#connection = undefined;
      throw error;
    } finally {
      clearDeadline();
      askingLocation.abort();
    }
  }

  /** Fails when there is no connection, even where the answer could be given without one (LP-SDK-2). */
  async ask({ packet, input, refusedAs, timeoutMs }: Ask): Promise<Answer> {
    const refusal = refusedAs?.();
    if (!this.#connection) throw new TransportError("not_connected", "there is no connection: call connect() first");
    this.#connection.checkOpen();
    if (refusal) return { status: statusOf[refusal], output: {} };
    const { status, body, tookMs } = await this.#connection.request(packet, input, timeoutMs);
    this.#lastOperationTook = tookMs;
    return { status, output: outputOf(body) };
  }

  async shutdown(timeoutMs: number): Promise<undefined> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close(timeoutMs);
  }
}
