import { createHmac, timingSafeEqual } from "node:crypto";
import type { AuditEntry, AuditHead, SealedEntry } from "#storage/tables-audit.ts";

type Field = string | number | null;
type Unsealed = Omit<AuditEntry, "position" | "hash"> & { readonly position: number };

/**
 * Makes and checks the hashes that chain the entries of the audit log. They take a key that is not in the database: who
 * can write there still cannot make a chain that fits (MG-AUDIT-3).
 */
export class AuditChain {
  readonly #readKeys: () => readonly [Buffer, ...Buffer[]];
  #keys: readonly [Buffer, ...Buffer[]] | undefined;

  /** The key to seal with, and those of before. They are read when they are first needed: most commands seal nothing. */
  constructor(readKeys: () => readonly [Buffer, ...Buffer[]]) {
    this.#readKeys = readKeys;
  }

  /** The hash of an entry after the one that has this hash. */
  hashOf(hashBefore: string, entry: Unsealed): string {
    return seal(this.#all[0], fieldsOf(hashBefore, entry));
  }

  fits(hashBefore: string, entry: SealedEntry): boolean {
    const fields = fieldsOf(hashBefore, entry);
    return this.#all.some((key) => isSame(seal(key, fields), entry.hash));
  }

  /** The head with its code. */
  signed(head: Omit<AuditHead, "code">): AuditHead {
    return { ...head, code: seal(this.#all[0], fieldsOfHead(head)) };
  }

  /** Whether a head was signed here; before the first entry there is none. */
  isOwn(head: AuditHead): boolean {
    if (head.position === 0 && head.code === "") return true;
    const fields = fieldsOfHead(head);
    return this.#all.some((key) => isSame(seal(key, fields), head.code));
  }

  get #all(): readonly [Buffer, ...Buffer[]] {
    return (this.#keys ??= this.#readKeys());
  }
}

/** Everything that an entry says. An array has one spelling in JSON, so no two entries look alike. */
function fieldsOf(hashBefore: string, entry: Unsealed): Field[] {
  return [
    "entry",
    hashBefore,
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
  ];
}

function fieldsOfHead({ position, hash, droppedPosition, droppedHash }: Omit<AuditHead, "code">): Field[] {
  return ["head", position, hash, droppedPosition, droppedHash];
}

function seal(key: Buffer, fields: readonly Field[]): string {
  return createHmac("sha256", key).update(JSON.stringify(fields)).digest("hex");
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
