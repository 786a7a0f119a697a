import type { Config } from "#config.ts";
import type { SessionId } from "#storage/tables.ts";
import { ActionCounter } from "./action-counter.ts";
import { perMinute } from "./limiter.ts";

const blocksAtMost = 100_000;

/** Who acts. */
interface Actor {
  readonly sessionId: SessionId | undefined;
  /** Stands for the session until there is one. */
  readonly resumeId: string;
  /** What its address counts as. */
  readonly addressKey: string;
}

/** What the clients of the live door do, by session and by address, and which addresses are blocked for it (LP-RATE-1, 2). */
export class Traffic {
  readonly #uninitializedAtMost: number;
  readonly #blockMs: number;
  readonly #sessions: ActionCounter;
  readonly #addresses: ActionCounter;
  /** Connections that are there, so no more than there are sockets. */
  readonly #uninitialized = new Map<string, number>();
  /** Until when, in the order of these instants. Apart from the counts: no flood can wash a block away. */
  readonly #blocks = new Map<string, number>();

  constructor(config: Config) {
    this.#uninitializedAtMost = config.uninitializedPerAddress;
    this.#blockMs = config.addressBlock;
    this.#sessions = new ActionCounter(perMinute(config.sessionActionsPerMinute));
    this.#addresses = new ActionCounter(perMinute(config.addressActionsPerMinute));
  }

  /** Counts an upgrade, and a connection that is not initialized. `false`: it crosses a limit and is not let in. */
  arrive(addressKey: string, now: number): boolean {
    const uninitialized = (this.#uninitialized.get(addressKey) ?? 0) + 1;
    if (uninitialized > this.#uninitializedAtMost || !this.#addresses.take(addressKey, now)) {
      this.#block(addressKey, now);
      return false;
    }
    this.#uninitialized.set(addressKey, uninitialized);
    return true;
  }

  /** A connection that arrived is initialized or gone. */
  settle(addressKey: string): void {
    const others = (this.#uninitialized.get(addressKey) ?? 0) - 1;
    if (others > 0) this.#uninitialized.set(addressKey, others);
    else this.#uninitialized.delete(addressKey);
  }

  /** Counts a packet or ping frame; answers whose limit it crosses, if it does. */
  act({ sessionId, resumeId, addressKey }: Actor, now: number): "session" | "address" | undefined {
    const isWithin = this.#sessions.take(sessionId ?? resumeId, now);
    if (!this.#addresses.take(addressKey, now)) {
      this.#block(addressKey, now);
      return "address";
    }
    return isWithin ? undefined : "session";
  }

  /** What a connection did before it carried a session is the session's. `false`: that is too much. */
  join({ sessionId, resumeId }: Actor, now: number): boolean {
    if (sessionId === undefined) return true;
    const all = [...this.#sessions.recent(sessionId, now), ...this.#sessions.recent(resumeId, now)];
    this.#sessions.forget(resumeId);
    return this.#sessions.set(sessionId, all, now);
  }

  /** The instants of the session's actions within the last minute. */
  recentActions(sessionId: SessionId, now: number): readonly number[] {
    return this.#sessions.recent(sessionId, now);
  }

  /** What is known of a session that another process may have served meanwhile. */
  restore(sessionId: SessionId, instants: readonly number[], now: number): void {
    this.#sessions.set(sessionId, instants, now);
  }

  /** How long an address remains blocked; 0: it is not. */
  blockedMs(addressKey: string, now: number): number {
    return Math.max(0, (this.#blocks.get(addressKey) ?? now) - now);
  }

  #block(addressKey: string, now: number): void {
    // After the block it starts anew.
    this.#addresses.forget(addressKey);
    for (const [blocked, until] of this.#blocks) {
      if (until > now) break;
      this.#blocks.delete(blocked);
    }
    // A full table keeps whom it has: the connections of this one are closed all the same.
    if (this.#blocks.size < blocksAtMost) this.#blocks.set(addressKey, now + this.#blockMs);
  }
}
