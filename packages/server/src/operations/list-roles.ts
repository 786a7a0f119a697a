import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { listRoles as list } from "#storage/roles.ts";

export async function listRoles(
  { db }: Context,
  _: CallerOf<"listRoles">,
  { applicationId }: InputOf<"listRoles">,
): Promise<Answer<"listRoles">> {
  const application = await findApplication(db, { id: applicationId });
  return application ? done({ roles: await list(db, application.id) }) : refuse("applicationNotFound");
}
