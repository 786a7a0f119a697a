import type { Clock, Timer } from "#clock.ts";
import type { AuditChain } from "#crypto/audit-chain.ts";
import { describeError, type Log } from "#report/log.ts";
import {
  auditAfter,
  dropEntries,
  holdAuditHead,
  sealEntries,
  unsealedEntries,
  writeAuditHead,
} from "#storage/audit.ts";
import type { DatabaseKit } from "#storage/dialects/kit.ts";
import type { Db } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";

/** Bounds how long one transaction keeps other writers waiting. */
const entriesAtATime = 200;
/** The net below the wake-ups. */
const lookEveryMs = 1_000;
const dropEveryMs = 60_000;
/** What is written meanwhile is sealed together. */
const gatherMs = 50;
/** Looks after a wake-up that find nothing: the transaction may take its time to commit. */
const looksAtMost = 20;

/**
 * Gives the entries of the audit log their places and hashes, after the transactions that wrote them and in the order of
 * those. Every process may do it; the row of the head lets one at a time.
 */
export class AuditSealer implements AsyncDisposable {
  readonly #db: Db;
  readonly #kit: DatabaseKit;
  readonly #log: Log;
  readonly #chain: AuditChain;
  readonly #timers: readonly Timer[];
  #sealing: Promise<void> = Promise.resolve();
  #isDue = false;
  #soon: NodeJS.Timeout | undefined;
  #looks = looksAtMost;
  /** There are more entries with positions. */
  onSealed: () => void = () => undefined;

  /** `keepMs`: how long entries are kept; 0: for ever. */
  constructor(db: Db, kit: DatabaseKit, clock: Clock, log: Log, chain: AuditChain, keepMs = 0) {
    this.#db = db;
    this.#kit = kit;
    this.#log = log;
    this.#chain = chain;
    const look = clock.every(lookEveryMs, () => {
      void this.seal();
    });
    const drop = clock.every(dropEveryMs, () => {
      if (keepMs > 0) this.#sealing = this.#sealing.then(() => this.#dropAll(clock.now() - keepMs));
    });
    this.#timers = [look, drop];
  }

  /** An entry is being written. Not by the server's clock: when its transaction ends is no matter of its time. */
  wake(): void {
    this.#looks = 0;
    this.#lookSoon();
  }

  #lookSoon(): void {
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
        if (entries.length === 0) {
          if (this.#looks++ < looksAtMost) this.#lookSoon();
          return;
        }
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
    if (entries.length === 0) return { sealed: 0 };
    let { position, hash } = head;
    if (!this.#chain.isOwn(head)) {
      // Who has changed it may have cut the log off before it: a position that nothing has will always tell (MG-AUDIT-5).
      position += 1;
      this.#log.error("the end of the audit log was not written with this server's signing key", { position });
    }
    const sealed = entries.map((entry) => {
      position += 1;
      hash = this.#chain.hashOf(hash, { ...entry, position });
      return [entry.serial, position, hash] as const;
    });
    await sealEntries(tx, sealed);
    await writeAuditHead(tx, this.#chain.signed({ ...head, position, hash }));
    return { sealed: sealed.length };
  }

  /**
   * Drops the beginning of the log, up to the first entry that is to be kept; what is left still fits to the hash of the
   * last one that was dropped (MG-AUDIT-6).
   */
  async #dropAll(before: number): Promise<void> {
    try {
      let dropped = 0;
      do ({ dropped } = await transact(this.#db, (tx) => this.#dropSome(tx, before)));
      while (dropped === entriesAtATime);
    } catch (error) {
      this.#log.error("old entries of the audit log not dropped", { error: describeError(error) });
    }
  }

  async #dropSome(tx: Db, before: number): Promise<Decided & { readonly dropped: number }> {
    const head = await holdAuditHead(tx);
    const oldest = await auditAfter(tx, head.droppedPosition, entriesAtATime);
    const end = oldest.findIndex(({ at }) => at >= before);
    const old = end === -1 ? oldest : oldest.slice(0, end);
    const last = old.at(-1);
    if (!last || !this.#chain.isOwn(head)) return { dropped: 0 };
    await writeAuditHead(tx, this.#chain.signed({ ...head, droppedPosition: last.position, droppedHash: last.hash }));
    await dropEntries(tx, last.position);
    return { dropped: old.length };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    clearTimeout(this.#soon);
    await this.#sealing;
    // It may have wanted to look again.
    clearTimeout(this.#soon);
  }
}
