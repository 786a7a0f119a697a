import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { canonicalAddress } from "#domain/address.ts";
import { findApplication } from "#storage/applications.ts";
import { addBlacklistEntry as insertEntry } from "#storage/blacklist.ts";
import { transact } from "#storage/transaction.ts";
import { endSessionsOfClient } from "#steps/end-sessions-of-client.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Keeps a client id or address out, and ends the live sessions it has. */
export async function addBlacklistEntry(
  context: Context,
  _: CallerOf<"addBlacklistEntry">,
  { applicationId: id, kind, value: given }: InputOf<"addBlacklistEntry">,
): Promise<Answer<"addBlacklistEntry">> {
  const { db, now, changeLog } = context;
  const listed = await transact<Decision<object, "applicationNotFound">>(db, async (tx) => {
    const application = await findApplication(tx, { id });
    if (!application) return { refused: "applicationNotFound" };
    const value = kind === "address" ? canonicalAddress(given) : given;
    const entry = { applicationId: application.id, kind, value } as const;
    const isNew = await insertEntry(tx, { ...entry, comment: null, madeBy: "operator", createdAt: now });
    if (isNew)
      await recordAudit(tx, context, {
        record: "blacklistEntry",
        id: value,
        applicationId: id,
        after: { kind, value },
      });
    await endSessionsOfClient(tx, entry, now);
    return {};
  });
  if (listed.refused) return refuse(listed.refused);
  await changeLog.wake();
  return done({});
}
