import type { OperationName, PacketName, Refusal } from "@latchkey/protocol";
import {
  afterClose,
  CloseCode,
  closeAfter,
  definitionOf,
  packetOf,
  parseFrame,
  unknownKeysAllowed,
} from "@latchkey/protocol";
import type { Caller, Opening } from "#caller.ts";
import type { Timer } from "#clock.ts";
import type { Dispatch } from "./dispatch.ts";

/** The socket as the connection sees it. */
export interface Peer {
  send(frame: string): void;
  close(code: CloseCode): void;
  /** Ends it without a word, for a peer that does not listen. */
  terminate(): void;
  ping(): void;
  /** Stops reading; what the client sends waits in its own buffers. */
  pause(): void;
  resume(): void;
  /** Bytes that wait to be written. */
  readonly buffered: number;
}

/** What a connection needs of the door. */
export interface ConnectionHost {
  readonly dispatch: Dispatch;
  /** Who the session is by now. */
  callerOf(opening: Opening, address: string): Caller;
  readonly initializeTimer: (run: () => void) => Timer;
  readonly outgoingLimit: number;
}

/** More unanswered requests than this, and the connection is not read until some are answered (LP-RES-2). */
const requestsAtMost = 256;
/** Pings that may go unanswered; one more, and the peer is gone (LP-CONN-8). */
const missedPingsAllowed = 2;

/** One live connection: the order of its requests, and the reasons to close it. */
export class LiveConnection {
  readonly opening: Opening;
  readonly #address: string;
  readonly #peer: Peer;
  readonly #host: ConnectionHost;
  readonly #initializeTimer: Timer;
  /** Ends when every exclusive request so far is answered; absent while there is none to wait for (LP-ENV-6). */
  #exclusive: Promise<void> | undefined;
  readonly #inFlight = new Set<Promise<void>>();
  #unknownKeys = 0;
  #missedPings = 0;
  #closedWith: CloseCode | undefined;

  constructor(opening: Opening, address: string, peer: Peer, host: ConnectionHost) {
    this.opening = opening;
    this.#address = address;
    this.#peer = peer;
    this.#host = host;
    this.#initializeTimer = host.initializeTimer(() => {
      this.close(CloseCode.InitializeTimeout);
    });
  }

  /** Takes one text frame. */
  receive(frame: string): void {
    if (this.#closedWith !== undefined) return;
    const parsed = parseFrame(frame);
    if ("close" in parsed) {
      this.close(parsed.close);
      return;
    }
    const { type, id, body } = parsed.packet;
    const name = packetOf(type);
    if (!name) {
      this.close(CloseCode.UnknownType);
      return;
    }
    this.#track(this.#schedule(name, () => this.#run(name, id, body)));
  }

  /** Sends the close frame; whatever is still waiting is not run. */
  close(code: CloseCode): void {
    if (this.#closedWith !== undefined) return;
    this.#closedWith = code;
    this.#initializeTimer.cancel();
    this.#peer.close(code);
  }

  /** Reads no more, answers what has begun, and closes for a restart. */
  async drain(): Promise<void> {
    this.#peer.pause();
    await Promise.all(this.#inFlight);
    this.close(CloseCode.ServerRestarting);
  }

  /** Asks whether the peer is still there, and drops it when it has been silent for too long. */
  checkLiveness(): void {
    if (this.#missedPings >= missedPingsAllowed) {
      this.#peer.terminate();
      return;
    }
    this.#missedPings++;
    this.#peer.ping();
  }

  answeredPing(): void {
    this.#missedPings = 0;
  }

  /** Waits until nothing of it runs any more; then tells what is to become of its session. */
  async ended(code: number): Promise<"ended" | "lost"> {
    this.#initializeTimer.cancel();
    const closedWith = (this.#closedWith ??= CloseCode.Normal);
    const wasOurs = closedWith !== CloseCode.Normal;
    await Promise.all(this.#inFlight);
    // Of the client's own closes only 1000 ends its session (LP-RES-7).
    const isOver = wasOurs ? afterClose(closedWith) !== "resume" : code === CloseCode.Normal;
    return isOver ? "ended" : "lost";
  }

  /** Exclusive requests run one after another; every other one waits for the exclusive ones before it. */
  #schedule(name: PacketName, run: () => Promise<void>): Promise<void> {
    const before = this.#exclusive;
    const result = before ? before.then(run) : run();
    if (!definitionOf(name).exclusive) return result;
    const exclusive = result.finally(() => {
      if (this.#exclusive === exclusive) this.#exclusive = undefined;
    });
    this.#exclusive = exclusive;
    return exclusive;
  }

  #track(result: Promise<void>): void {
    this.#inFlight.add(result);
    if (this.#inFlight.size === requestsAtMost) this.#peer.pause();
    void result.finally(() => {
      this.#inFlight.delete(result);
      if (this.#inFlight.size === requestsAtMost - 1) this.#peer.resume();
    });
  }

  async #run(name: PacketName, id: number | bigint, body: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#closedWith !== undefined) return;
    const caller = this.#host.callerOf(this.opening, this.#address);
    const { frame, close, refusal } = await this.#host.dispatch.run(name, id, body, caller);
    if (frame !== undefined) this.#send(frame);
    if (name === "initialize" && !refusal) this.#initializeTimer.cancel();
    const code = close ?? this.#closeAfter(name, refusal);
    if (code !== undefined) this.close(code);
  }

  #closeAfter(name: OperationName, refusal: Refusal | undefined): CloseCode | undefined {
    if (name !== "initialize") return undefined;
    this.#unknownKeys = refusal === "applicationNotFound" ? this.#unknownKeys + 1 : 0;
    if (this.#unknownKeys >= unknownKeysAllowed) return CloseCode.InitializeFailed;
    return refusal && closeAfter[refusal];
  }

  #send(frame: string): void {
    if (this.#closedWith !== undefined) return;
    this.#peer.send(frame);
    if (this.#peer.buffered > this.#host.outgoingLimit) this.close(CloseCode.SlowReader);
  }
}
