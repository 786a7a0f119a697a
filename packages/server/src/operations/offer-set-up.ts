import type { Answer } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { isAnyOwner } from "#storage/operators.ts";
import { transact } from "#storage/transaction.ts";
import { makeInvitation } from "#steps/make-invitation.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** While nobody owns the server, whoever sees its console is handed the link to become its owner (MG-OP-1). */
export async function offerSetUp(context: Context, caller: CallerOf<"offerSetUp">): Promise<Answer<"offerSetUp">> {
  const { secret } = await transact<{ readonly refused?: undefined; readonly secret?: string }>(
    context.db,
    async (tx) => {
      if (await isAnyOwner(tx)) return {};
      const made = await makeInvitation(context, tx, caller, { kind: "setUp", whom: "", role: "owner" });
      await recordAudit(tx, context, { record: "invitation", after: { kind: "setUp", role: "owner" } });
      return made;
    },
  );
  return done({ ...(secret !== undefined && { secret }) });
}
