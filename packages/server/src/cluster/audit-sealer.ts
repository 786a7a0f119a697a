import type { Clock, Timer } from "#clock.ts";
import type { AuditChain } from "#crypto/audit-chain.ts";
import { describeError, type Log } from "#report/log.ts";
import { holdAuditHead, sealEntries, unsealedEntries, writeAuditHead } from "#storage/audit.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import type { Db } from "#storage/tables.ts";
import type { AuditEntry, AuditHead } from "#storage/tables-audit.ts";
import { type Decided, transact } from "#storage/transaction.ts";

/** Bounds how long one transaction keeps other writers waiting. */
const entriesAtATime = 200;
/** The net below the wake-ups. */
const lookEveryMs = 1_000;
/** What is written meanwhile is sealed together. */
const gatherMs = 50;

/**
 * Gives the entries of the audit log their places and hashes, after the transactions that wrote them and in the order of
 * those. Every process may do it; the row of the head lets one at a time.
 */
export class AuditSealer implements AsyncDisposable {
  readonly #db: Db;
  readonly #kit: DatabaseKit;
  readonly #log: Log;
  readonly #chain: AuditChain;
  readonly #timer: Timer;
  #sealing: Promise<void> = Promise.resolve();
  #isDue = false;
  #soon: NodeJS.Timeout | undefined;
  /** There are more entries with positions. */
  onSealed: () => void = () => undefined;

  constructor(db: Db, kit: DatabaseKit, clock: Clock, log: Log, chain: AuditChain) {
    this.#db = db;
    this.#kit = kit;
    this.#log = log;
    this.#chain = chain;
    this.#timer = clock.every(lookEveryMs, () => {
      void this.seal();
    });
  }

  /** An entry is being written. Not by the server's clock: when its transaction ends is no matter of its time. */
  wake(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.seal();
    }, gatherMs).unref();
  }

  /** Seals what was committed before this call, as far as older transactions have ended. */
  seal(): Promise<void> {
    if (!this.#isDue) {
      this.#isDue = true;
      this.#sealing = this.#sealing.then(() => this.#sealAll());
    }
    return this.#sealing;
  }

  async #sealAll(): Promise<void> {
    this.#isDue = false;
    try {
      for (;;) {
        const { entries, isWaiting } = await unsealedEntries(this.#db, this.#kit, 1);
        if (isWaiting) this.wake();
        if (entries.length === 0) return;
        const { sealed } = await transact(this.#db, (tx) => this.#sealSome(tx));
        if (sealed > 0) this.onSealed();
      }
    } catch (error) {
      // Entries wait until the next look.
      this.#log.error("audit log not sealed", { error: describeError(error) });
    }
  }

  async #sealSome(tx: Db): Promise<Decided & { readonly sealed: number }> {
    const head = await holdAuditHead(tx);
    const { entries } = await unsealedEntries(tx, this.#kit, entriesAtATime);
    let { position, hash } = head;
    const sealed = entries.map((entry) => {
      position += 1;
      hash = hashOfEntry(this.#chain, hash, { ...entry, position });
      return [entry.serial, position, hash] as const;
    });
    await sealEntries(tx, sealed);
    await writeAuditHead(tx, withCode(this.#chain, { ...head, position, hash }));
    return { sealed: sealed.length };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer.cancel();
    clearTimeout(this.#soon);
    await this.#sealing;
  }
}

/** Everything that an entry says is in its hash. */
export function hashOfEntry(chain: AuditChain, hashBefore: string, entry: Omit<AuditEntry, "hash">): string {
  return chain.entry(hashBefore, [
    entry.position,
    entry.at,
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.address,
    entry.reason,
    entry.action,
    entry.recordKind,
    entry.recordId,
    entry.applicationId,
    entry.before,
    entry.after,
    entry.requestId,
  ]);
}

export function codeOfHead(chain: AuditChain, head: Omit<AuditHead, "code">): string {
  return chain.head([head.position, head.hash, head.droppedPosition, head.droppedHash]);
}

function withCode(chain: AuditChain, head: AuditHead): AuditHead {
  return { ...head, code: codeOfHead(chain, head) };
}
