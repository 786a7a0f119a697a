import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { removeRole } from "#storage/roles.ts";

/** Removes a role, and takes it from every account (US-ROLE-5). */
export async function deleteRole(
  { db }: Context,
  _: CallerOf<"deleteRole">,
  { applicationId, role: name }: InputOf<"deleteRole">,
): Promise<Answer<"deleteRole">> {
  const application = await findApplication(db, { id: applicationId });
  const isRemoved = application && (await removeRole(db, { applicationId: application.id, name }));
  return isRemoved ? done({ role: name }) : refuse("roleNotFound");
}
