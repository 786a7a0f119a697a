import { newRowId } from "#crypto/tokens.ts";
import { describeError, type Log } from "#report/log.ts";
import { deleteNode, insertNode, renewNode } from "#storage/nodes.ts";
import { loseSessionsOf } from "#storage/sessions.ts";
import type { Db, NodeId } from "#storage/tables.ts";
import type { Clock, Timer } from "#clock.ts";

const leaseMs = 30_000;
const renewEveryMs = 5_000;

interface Started {
  readonly id: NodeId;
  readonly leaseUntil: number;
  readonly startedAt: number;
}

/**
 * This process's hold on the sessions that are connected to it: one row, renewed every few seconds. A process that
 * could not renew in time has lost them: it says so through `onLost`, and goes on as a new node.
 */
export class NodeLease implements AsyncDisposable {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #resumeWindowMs: number;
  readonly #timer: Timer;
  /** Since when the process runs, whichever node it is by now. */
  readonly startedAt: number;
  #id: NodeId;
  #leaseUntil: number;
  #renewing: Promise<void> = Promise.resolve();
  /** Closes every connection; they belong to a node that no longer counts. */
  onLost: () => void = () => undefined;

  private constructor(db: Db, clock: Clock, log: Log, resumeWindowMs: number, { id, leaseUntil, startedAt }: Started) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#resumeWindowMs = resumeWindowMs;
    this.#id = id;
    this.#leaseUntil = leaseUntil;
    this.startedAt = startedAt;
    this.#timer = clock.every(renewEveryMs, () => {
      const now = clock.now();
      this.#renewing = this.#renewing.then(() => this.#renew(now));
    });
  }

  static async start(db: Db, clock: Clock, log: Log, resumeWindowMs: number): Promise<NodeLease> {
    const id = newRowId<NodeId>();
    const startedAt = clock.now();
    const leaseUntil = startedAt + leaseMs;
    await insertNode(db, { id, leaseUntil, startedAt });
    return new NodeLease(db, clock, log, resumeWindowMs, { id, leaseUntil, startedAt });
  }

  get id(): NodeId {
    return this.#id;
  }

  /** Whether what this process holds is certainly its own: a process that slept too long must ask first. */
  isHeld(now: number): boolean {
    return now < this.#leaseUntil;
  }

  /** Waits until it is known whether the lease could be renewed; by then `onLost` has been called if it could not. */
  async settled(): Promise<void> {
    await this.#renewing;
    const now = this.#clock.now();
    if (this.isHeld(now)) return;
    this.#renewing = this.#renewing.then(() => this.#renew(now));
    await this.#renewing;
  }

  async #renew(now: number): Promise<void> {
    const leaseUntil = now + leaseMs;
    try {
      if (await renewNode(this.#db, this.#id, now, leaseUntil)) {
        this.#leaseUntil = leaseUntil;
        return;
      }
      this.#log.error("node lease lost", { node: this.#id });
      this.onLost();
      const id = newRowId<NodeId>();
      await insertNode(this.#db, { id, leaseUntil, startedAt: this.startedAt });
      this.#id = id;
      this.#leaseUntil = leaseUntil;
    } catch (error) {
      this.#log.error("node lease not renewed", { node: this.#id, error: describeError(error) });
    }
  }

  /** Opens the resume window of every session that is still connected, and leaves. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    await this.#renewing;
    await loseSessionsOf(this.#db, this.#id, this.#clock.now() + this.#resumeWindowMs);
    await deleteNode(this.#db, this.#id);
  }
}
