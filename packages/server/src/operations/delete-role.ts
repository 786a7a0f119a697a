import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { removeRole } from "#storage/roles.ts";
import type { Decision } from "#domain/decision.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Removes a role, and takes it from every account (US-ROLE-5). */
export async function deleteRole(
  context: Context,
  _: CallerOf<"deleteRole">,
  { applicationId, role: name }: InputOf<"deleteRole">,
): Promise<Answer<"deleteRole">> {
  const removed = await transact<Decision<object, "roleNotFound">>(context.db, async (tx) => {
    const application = await findApplication(tx, { id: applicationId });
    const isRemoved = application && (await removeRole(tx, { applicationId: application.id, name }));
    if (!isRemoved) return { refused: "roleNotFound" };
    await recordAudit(tx, context, { record: "role", id: name, applicationId, before: { name } });
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({ role: name });
}
