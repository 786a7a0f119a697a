import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { canonicalAddress } from "#domain/address.ts";
import { removeBlacklistEntry as removeEntry } from "#storage/blacklist.ts";
import type { Decision } from "#domain/decision.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { transact } from "#storage/transaction.ts";

/** Lets a client id or address in again. */
export async function removeBlacklistEntry(
  context: Context,
  _: CallerOf<"removeBlacklistEntry">,
  entry: InputOf<"removeBlacklistEntry">,
): Promise<Answer<"removeBlacklistEntry">> {
  const value = entry.kind === "address" ? canonicalAddress(entry.value) : entry.value;
  const removed = await transact<Decision<object, "blacklistEntryNotFound">>(context.db, async (tx) => {
    if (!(await removeEntry(tx, { ...entry, value }))) return { refused: "blacklistEntryNotFound" };
    const { applicationId, kind } = entry;
    await recordAudit(tx, context, { record: "blacklistEntry", id: value, applicationId, before: { kind, value } });
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({});
}
