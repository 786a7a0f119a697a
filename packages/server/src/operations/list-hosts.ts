import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { listHosts as list } from "#storage/hosts.ts";

export async function listHosts(
  { db }: Context,
  _: CallerOf<"listHosts">,
  { applicationId }: InputOf<"listHosts">,
): Promise<Answer<"listHosts">> {
  const application = await findApplication(db, { id: applicationId });
  return application ? done({ hosts: await list(db, application.id) }) : refuse("applicationNotFound");
}
