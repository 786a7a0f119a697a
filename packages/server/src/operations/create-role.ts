import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { isRoleName, isSystemRole } from "#domain/roles.ts";
import { lockApplication } from "#storage/applications.ts";
import { insertRole } from "#storage/roles.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Makes a role that can be given to accounts of an application (US-ROLE-5). */
export async function createRole(
  context: Context,
  _: CallerOf<"createRole">,
  { applicationId, role: name }: InputOf<"createRole">,
): Promise<Answer<"createRole">> {
  if (!isRoleName(name)) return refuse("roleNameInvalid");
  if (isSystemRole(name)) return refuse("roleOfSystem");
  const { refused } = await transact(context.db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    const role = { applicationId: application.id, name };
    if (!(await insertRole(tx, role))) return { refused: "roleExists" } as const;
    await recordAudit(tx, context, { record: "role", id: name, applicationId: application.id, after: { name } });
    return {};
  });
  return refused ? refuse(refused) : done({ role: name });
}
