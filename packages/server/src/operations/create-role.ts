import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { isRoleName, isSystemRole } from "#domain/roles.ts";
import { lockApplication } from "#storage/applications.ts";
import { insertRole } from "#storage/roles.ts";
import { transact } from "#storage/transaction.ts";

/** Makes a role that can be given to accounts of an application (US-ROLE-5). */
export async function createRole(
  { db }: Context,
  _: CallerOf<"createRole">,
  { applicationId, role: name }: InputOf<"createRole">,
): Promise<Answer<"createRole">> {
  if (!isRoleName(name)) return refuse("roleNameInvalid");
  if (isSystemRole(name)) return refuse("roleOfSystem");
  const { refused } = await transact(db, async (tx) => {
    const application = await lockApplication(tx, applicationId);
    if (!application) return { refused: "applicationNotFound" } as const;
    return (await insertRole(tx, { applicationId: application.id, name })) ? {} : ({ refused: "roleExists" } as const);
  });
  return refused ? refuse(refused) : done({ role: name });
}
