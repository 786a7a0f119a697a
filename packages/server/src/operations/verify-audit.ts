import { type Answer, type auditFaults, done, type InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Db } from "#storage/tables.ts";
import { auditAfter, countUnsealed, readAuditHead } from "#storage/audit.ts";

const entriesAtATime = 500;

interface Fault {
  readonly kind: (typeof auditFaults)[number];
  readonly position: number;
}

/** Goes through the whole log; the first thing that is wrong with it is told (MG-AUDIT-5). */
export async function verifyAudit(
  context: Context,
  _: CallerOf<"verifyAudit">,
  noted: InputOf<"verifyAudit">,
): Promise<Answer<"verifyAudit">> {
  const { db } = context;
  const fault = await findFault(context, noted);
  const { position, hash, droppedPosition } = await readAuditHead(db);
  const unsealed = await countUnsealed(db);
  return done({ ...(fault && { fault }), position, hash, droppedPosition, unsealed });
}

async function findFault(context: Context, noted: InputOf<"verifyAudit">): Promise<Fault | undefined> {
  const { db, auditChain } = context;
  const head = await readAuditHead(db);
  if (!auditChain.isOwn(head)) return { kind: "headChanged", position: head.position };
  let { droppedPosition: position, droppedHash: hash } = head;
  for await (const entry of entriesAfter(db, position)) {
    if (entry.position !== position + 1) {
      const { droppedPosition } = await readAuditHead(db);
      // What was not there any more when it was to be read has been dropped meanwhile.
      return droppedPosition > position ? findFault(context, noted) : { kind: "entryMissing", position: position + 1 };
    }
    if (!auditChain.fits(hash, entry)) return { kind: "entryChanged", position: entry.position };
    ({ position, hash } = entry);
    const isNoted = position === noted.position && noted.hash !== undefined;
    if (isNoted && hash !== noted.hash) return { kind: "entryChanged", position };
    if (position === head.position && hash !== head.hash) return { kind: "headChanged", position };
  }
  const isCutOff = position < Math.max(head.position, noted.position ?? 0);
  return isCutOff ? { kind: "entryMissing", position: position + 1 } : undefined;
}

async function* entriesAfter(db: Db, start: number) {
  for (let position = start; ;) {
    const entries = await auditAfter(db, position, entriesAtATime);
    yield* entries;
    const last = entries.at(-1);
    if (!last || entries.length < entriesAtATime) return;
    ({ position } = last);
  }
}
